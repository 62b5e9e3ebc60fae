import re
def find_place_name(doc): return None
