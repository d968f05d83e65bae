"""Jobs that a worker began and can never finish: it was killed, or the database was gone when it wanted to say so."""

from typing import Final

from django.db import connection, transaction

#: a worker tells each ten seconds that it lives; the job queue itself takes one for dead after thirty
SILENT_SECONDS: Final = 30

#: begun by a worker that is gone or silent; or by one that has begun another since, as each does one at a time
_STALLED: Final = """
    WITH begun AS (
        SELECT job.id, job.worker_id, job.queueing_lock,
               (SELECT max(event.at) FROM procrastinate_events event
                WHERE event.job_id = job.id AND event.type = 'started') AS at
        FROM procrastinate_jobs job WHERE job.status = 'doing'
    )
    SELECT begun.id, begun.queueing_lock FROM begun
    LEFT JOIN procrastinate_workers worker ON worker.id = begun.worker_id
    WHERE worker.id IS NULL
       OR worker.last_heartbeat < now() - make_interval(secs => %s)
       OR EXISTS (SELECT 1 FROM begun other WHERE other.worker_id = begun.worker_id AND other.at > begun.at)
    ORDER BY begun.id
"""
_AGAIN: Final = """
    UPDATE procrastinate_jobs SET status = 'todo', attempts = attempts + 1, scheduled_at = now()
    WHERE id = %s AND status = 'doing'
"""
#: another one of the same kind waits already and does the same
_ENOUGH: Final = """
    UPDATE procrastinate_jobs SET status = 'aborted'
    WHERE id = %s AND status = 'doing' AND EXISTS (
        SELECT 1 FROM procrastinate_jobs other WHERE other.queueing_lock = %s AND other.status = 'todo'
    )
"""


def retry_stalled() -> int:
    """This function will put every stalled job back into its queue, and return how many there were.

    Every job of ours may run twice. One whose queue holds another of its kind is given up for that one.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_STALLED, [SILENT_SECONDS])
        stalled = cursor.fetchall()
        for job, lock in stalled:
            if lock is not None:
                cursor.execute(_ENOUGH, [job, lock])
                if cursor.rowcount:
                    continue
            cursor.execute(_AGAIN, [job])
    return len(stalled)
