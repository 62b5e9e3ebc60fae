"""The public side of Signpost: the chat gateway, the widget, the plain chat page and the staff pages."""
