"""How the web process serves. The launcher gives the address."""

import os

worker_class = "gthread"
workers = int(os.environ.get("LIVINGLAB_WORKERS", "2"))
threads = int(os.environ.get("LIVINGLAB_THREADS", "4"))
preload_app = True  # imports once for all workers; the connection pool opens after the fork
max_requests = 20_000
max_requests_jitter = 2_000
graceful_timeout = 10
accesslog = None  # RequestIdMiddleware logs each request with its identifier
control_socket_disable = True
