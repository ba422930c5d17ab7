"""The tables of the library, before imports had stages.

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('installation_secrets',
    sa.Column('name', sa.String(length=50), nullable=False),
    sa.Column('value', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_installation_secrets'))
    )
    op.create_table('lanes',
    sa.Column('name', sa.String(length=20), nullable=False),
    sa.Column('egress', sa.String(length=100), server_default='', nullable=False),
    sa.Column('pacer_state', sa.JSON(), nullable=False),
    sa.Column('reason_code', sa.String(length=40), nullable=True),
    sa.PrimaryKeyConstraint('name', 'egress', name=op.f('pk_lanes'))
    )
    op.create_table('users',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('username', sa.String(length=100), nullable=False),
    sa.Column('password_hash', sa.Text(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_users')),
    sa.UniqueConstraint('username', name=op.f('uq_users_username'))
    )
    op.create_table('lists',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('user_id', sa.String(length=36), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_lists_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_lists'))
    )
    op.create_index(op.f('ix_lists_user_id'), 'lists', ['user_id'], unique=False)
    op.create_table('refresh_tokens',
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('user_id', sa.String(length=36), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_refresh_tokens_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('token_hash', name=op.f('pk_refresh_tokens'))
    )
    op.create_index(op.f('ix_refresh_tokens_user_id'), 'refresh_tokens', ['user_id'], unique=False)
    op.create_table('sign_in_links',
    sa.Column('code_hash', sa.String(length=64), nullable=False),
    sa.Column('user_id', sa.String(length=36), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_sign_in_links_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('code_hash', name=op.f('pk_sign_in_links'))
    )
    op.create_table('imports',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('user_id', sa.String(length=36), nullable=False),
    sa.Column('list_id', sa.String(length=36), nullable=True),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('new_count', sa.Integer(), nullable=False),
    sa.Column('duplicate_count', sa.Integer(), nullable=False),
    sa.Column('repeated_count', sa.Integer(), nullable=False),
    sa.Column('rejected_count', sa.Integer(), nullable=False),
    sa.Column('playlist_count', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['list_id'], ['lists.id'], name=op.f('fk_imports_list_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_imports_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_imports'))
    )
    op.create_index('ix_imports_user_id_created_at', 'imports', ['user_id', 'created_at'], unique=False)
    op.create_table('videos',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('list_id', sa.String(length=36), nullable=False),
    sa.Column('import_id', sa.String(length=36), nullable=True),
    sa.Column('youtube_id', sa.String(length=11), nullable=False),
    sa.Column('title', sa.Text(), nullable=True),
    sa.Column('channel', sa.Text(), nullable=True),
    sa.Column('description', sa.Text(), nullable=True),
    sa.Column('duration_seconds', sa.Integer(), nullable=True),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('language', sa.String(length=35), nullable=True),
    sa.Column('error_code', sa.String(length=40), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['import_id'], ['imports.id'], name=op.f('fk_videos_import_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['list_id'], ['lists.id'], name=op.f('fk_videos_list_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_videos')),
    sa.UniqueConstraint('list_id', 'youtube_id', name=op.f('uq_videos_list_id_youtube_id'))
    )
    op.create_index('ix_videos_list_id_created_at_id', 'videos', ['list_id', 'created_at', 'id'], unique=False)
    op.create_index('ix_videos_youtube_id', 'videos', ['youtube_id'], unique=False)
    op.create_table('import_items',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('import_id', sa.String(length=36), nullable=False),
    sa.Column('parent_item_id', sa.String(length=36), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('line', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('youtube_id', sa.String(length=11), nullable=True),
    sa.Column('verdict', sa.String(length=20), nullable=False),
    sa.Column('reason_code', sa.String(length=40), nullable=True),
    sa.Column('video_id', sa.String(length=36), nullable=True),
    sa.ForeignKeyConstraint(['import_id'], ['imports.id'], name=op.f('fk_import_items_import_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['parent_item_id'], ['import_items.id'], name=op.f('fk_import_items_parent_item_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['video_id'], ['videos.id'], name=op.f('fk_import_items_video_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_items'))
    )
    op.create_index('ix_import_items_import_id_position', 'import_items', ['import_id', 'position'], unique=False)
    op.create_index(op.f('ix_import_items_video_id'), 'import_items', ['video_id'], unique=False)
    op.create_table('jobs',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('lane', sa.String(length=20), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('video_id', sa.String(length=36), nullable=False),
    sa.Column('priority', sa.Integer(), nullable=False),
    sa.Column('run_at', sa.Float(precision=53), nullable=False),
    sa.Column('attempts', sa.Integer(), server_default='0', nullable=False),
    sa.Column('locked_by', sa.String(length=80), nullable=True),
    sa.Column('locked_until', sa.Float(precision=53), nullable=True),
    sa.ForeignKeyConstraint(['video_id'], ['videos.id'], name=op.f('fk_jobs_video_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_jobs')),
    sa.UniqueConstraint('video_id', 'kind', name=op.f('uq_jobs_video_id_kind'))
    )
    op.create_index('ix_jobs_lane_priority_id', 'jobs', ['lane', 'priority', 'id'], unique=False)
    op.create_index(op.f('ix_jobs_locked_by'), 'jobs', ['locked_by'], unique=False)
    op.create_table('video_enrichments',
    sa.Column('video_id', sa.String(length=36), nullable=False),
    sa.Column('stage', sa.String(length=20), server_default='created', nullable=False),
    sa.Column('captions_source', sa.String(length=20), nullable=True),
    sa.Column('captions_pending', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('language', sa.String(length=35), nullable=True),
    sa.Column('cues', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('chapters', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('chapters_source', sa.String(length=20), nullable=True),
    sa.Column('caption_track', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('attempts', sa.Integer(), server_default='0', nullable=False),
    sa.Column('next_attempt_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_error_code', sa.String(length=40), nullable=True),
    sa.Column('log_detail', sa.Text(), nullable=True),
    sa.Column('extracted_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['video_id'], ['videos.id'], name=op.f('fk_video_enrichments_video_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('video_id', name=op.f('pk_video_enrichments'))
    )


def downgrade() -> None:
    op.drop_table('video_enrichments')
    op.drop_index(op.f('ix_jobs_locked_by'), table_name='jobs')
    op.drop_index('ix_jobs_lane_priority_id', table_name='jobs')
    op.drop_table('jobs')
    op.drop_index(op.f('ix_import_items_video_id'), table_name='import_items')
    op.drop_index('ix_import_items_import_id_position', table_name='import_items')
    op.drop_table('import_items')
    op.drop_index('ix_videos_youtube_id', table_name='videos')
    op.drop_index('ix_videos_list_id_created_at_id', table_name='videos')
    op.drop_table('videos')
    op.drop_index('ix_imports_user_id_created_at', table_name='imports')
    op.drop_table('imports')
    op.drop_table('sign_in_links')
    op.drop_index(op.f('ix_refresh_tokens_user_id'), table_name='refresh_tokens')
    op.drop_table('refresh_tokens')
    op.drop_index(op.f('ix_lists_user_id'), table_name='lists')
    op.drop_table('lists')
    op.drop_table('users')
    op.drop_table('lanes')
    op.drop_table('installation_secrets')
