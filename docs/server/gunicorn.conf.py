"""gunicorn for zonemap; zonemap.service starts it. tests/running/ starts this very file.

How many processes: ZONEMAP_WORKERS. Where it listens: at the socket that systemd holds (zonemap.socket), else ``bind``.
After a change here: systemctl reload zonemap. After an upgrade of zonemap: systemctl restart zonemap; with the socket
held by systemd nobody is turned away by either.
"""

from zonemap.settings import settings_from
from zonemap.web import wsgi
from zonemap.web.journal import without_people

wsgi_app = "zonemap.web.wsgi:application()"
bind = "unix:/run/zonemap/zonemap.sock"
umask = 0o077
proc_name = "zonemap"

workers = settings_from().workers
worker_class = "gthread"
threads = 8  # a thread waits while a sheet is printed or an upload is read; the desk must not
timeout = 60  # a process that gives no sign of life for so long is ended, and another started
graceful_timeout = 30  # what has begun is finished: the longest plan is read in that time
keepalive = 2
backlog = 1024
limit_request_line = 4094
limit_request_fields = 60
worker_tmp_dir = "/dev/shm"  # noqa: S108 - signs of life, no data; a disk that is busy must not hold them up

accesslog = None  # ZONEMAP_LOG_ANSWERS=yes writes a line for each answer, without names and addresses
errorlog = "-"
control_socket_disable = True

# Who is believed about X-Forwarded-For and -Proto is decided by zonemap alone: ZONEMAP_BEHIND_PROXY, ZONEMAP_PROXIES.
forwarded_allow_ips = ""
secure_scheme_headers = {}


def on_starting(server):
    """Bring the database up to date, before anybody answers."""
    server.log.error_log.addFilter(without_people)
    server.log.info(wsgi.begin())


def pre_fork(_server, worker):
    """Give the new process a place to count in."""
    worker.counts_in = wsgi.shared().take(worker)


def post_fork(_server, worker):
    """In the new process: count there."""
    wsgi.count_in(worker.counts_in)


def child_exit(_server, worker):
    """A process has ended."""
    wsgi.shared().let_go(worker)
