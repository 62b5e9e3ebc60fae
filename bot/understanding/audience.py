def find_audience(p, people): return None
