"""Stands in for the real configuration of the web server."""

worker_class = "gthread"
threads = 2
control_socket_disable = True
