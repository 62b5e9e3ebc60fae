"""The directory as anybody can use it: searched, a page for each service, a list to keep, all without JavaScript."""
