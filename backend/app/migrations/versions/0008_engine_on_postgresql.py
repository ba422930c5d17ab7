"""PostgreSQL: the jobs move into the tables of procrastinate; ``jobs`` becomes a view of them.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op
from procrastinate.schema import SchemaManager

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# What a job of ours is beyond one of the engine's: nobody removes a video without its jobs, and a video
# has one of each kind.
_OWN_PARTS = (
    "ALTER TABLE procrastinate_jobs ADD COLUMN video_id varchar(36)"
    " GENERATED ALWAYS AS (args->>'video_id') STORED",
    "ALTER TABLE procrastinate_jobs ADD CONSTRAINT fk_procrastinate_jobs_video_id"
    " FOREIGN KEY (video_id) REFERENCES videos (id) ON DELETE CASCADE",
    "ALTER TABLE procrastinate_jobs ADD CONSTRAINT uq_procrastinate_jobs_video_id_task_name"
    " UNIQUE (video_id, task_name)",
    # A lane asks: the oldest of this priority of the batch whose turn it is.
    "CREATE INDEX ix_procrastinate_jobs_turn ON procrastinate_jobs"
    " (queue_name, (-priority), (coalesce(args->>'batch', '')), id)",
)
# In the words of the table that other databases have. The engine's priorities grow with urgency. Who has
# begun a job keeps it until it is known to be gone: it has no lease that ends by itself.
_VIEW = """
CREATE VIEW jobs AS SELECT
    id,
    queue_name AS lane,
    task_name AS kind,
    video_id,
    -priority AS priority,
    coalesce(extract(epoch FROM scheduled_at), 0)::double precision AS run_at,
    coalesce(args->>'batch', '') AS batch,
    coalesce((args->>'failures')::integer, 0) AS attempts,
    (args->>'handed_back_at')::double precision AS handed_back_at,
    coalesce((args->>'suspicion')::integer, 0) AS suspicion,
    CASE WHEN status = 'doing' THEN coalesce(worker_id::text, '') END AS locked_by,
    CASE WHEN status = 'doing' THEN 'Infinity'::double precision END AS locked_until
FROM procrastinate_jobs
WHERE status IN ('todo', 'doing')
"""
_MOVE_THERE = """
INSERT INTO procrastinate_jobs (queue_name, task_name, priority, args, scheduled_at)
SELECT lane, kind, -priority,
    jsonb_strip_nulls(jsonb_build_object(
        'video_id', video_id, 'batch', batch, 'failures', attempts,
        'handed_back_at', handed_back_at, 'suspicion', suspicion)),
    to_timestamp(run_at)
FROM jobs ORDER BY id
"""
_MOVE_BACK = """
INSERT INTO jobs_again (lane, kind, video_id, priority, run_at, batch, attempts, handed_back_at, suspicion)
SELECT lane, kind, video_id, priority, run_at, batch, attempts, handed_back_at, suspicion
FROM jobs ORDER BY id
"""
_DROP_ENGINE = """
DO $$
DECLARE found record;
BEGIN
    DROP TABLE procrastinate_events, procrastinate_periodic_defers, procrastinate_jobs,
        procrastinate_workers CASCADE;
    FOR found IN SELECT oid::regprocedure AS signature FROM pg_proc
        WHERE proname LIKE 'procrastinate\\_%' AND pronamespace = current_schema()::regnamespace
    LOOP
        EXECUTE 'DROP FUNCTION ' || found.signature || ' CASCADE';
    END LOOP;
    DROP TYPE procrastinate_job_to_defer_v1, procrastinate_job_event_type, procrastinate_job_status;
END $$
"""


def upgrade() -> None:
    if not _is_postgresql():
        return
    connection = op.get_bind()
    # Many statements at once, which only goes without parameters: so past SQLAlchemy.
    connection.connection.cursor().execute(SchemaManager.get_schema())
    for statement in _OWN_PARTS:
        op.execute(statement)
    op.execute(_MOVE_THERE)
    op.drop_table("jobs")
    op.execute(_VIEW)


def downgrade() -> None:
    if not _is_postgresql():
        return
    op.create_table(
        "jobs_again",
        sa.Column("id", sa.BigInteger(), primary_key=True, autoincrement=True),
        sa.Column("lane", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column(
            "video_id", sa.String(36), sa.ForeignKey("videos.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("run_at", sa.Float(53), nullable=False),
        sa.Column("batch", sa.String(36), server_default="", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("handed_back_at", sa.Float(53), nullable=True),
        sa.Column("suspicion", sa.Integer(), server_default="0", nullable=False),
        sa.Column("locked_by", sa.String(80), nullable=True),
        sa.Column("locked_until", sa.Float(53), nullable=True),
        sa.UniqueConstraint("video_id", "kind", name="uq_jobs_video_id_kind"),
    )
    op.execute(_MOVE_BACK)
    op.execute("DROP VIEW jobs")
    op.execute(_DROP_ENGINE)
    op.rename_table("jobs_again", "jobs")
    op.create_index("ix_jobs_locked_by", "jobs", ["locked_by"])
    op.create_index("ix_jobs_lane_priority_batch_id", "jobs", ["lane", "priority", "batch", "id"])


def _is_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"
