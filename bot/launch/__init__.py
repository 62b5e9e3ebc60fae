"""Starting Signpost: preparing what is missing, running the processes, waiting for the first real answer."""
