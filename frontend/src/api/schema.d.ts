// Hand-written until the backend's openapi.json is there; then `npm run gen:api` replaces it.
import type { RejectedItem, BatchResult, Enrichment, ImportJob, User, Video, VideoList, VideoPage } from "../types/video";
import type { Lane } from "../types/progress";

interface Problem { code: string; message: string }
type Json<T> = { content: { "application/json": T } };
type Answers<Status extends number, T> = { responses: { [S in Status]: Json<T> } & { 422: Json<Problem> } };
type Empty = { responses: { 204: { content?: never }; 422: Json<Problem> } };
type Body<T> = { requestBody: Json<T> };
type Path<P> = { parameters: { path: P; query?: never; header?: never; cookie?: never } };
type Query<P, Q> = { parameters: { path: P; query?: Q; header?: never; cookie?: never } };

export interface paths {
  "/api/auth/me": { get: Answers<200, User> };
  "/api/lists": { get: Answers<200, VideoList[]>; post: Body<{ name: string }> & Answers<201, VideoList> };
  "/api/lists/{list_id}": {
    patch: Path<{ list_id: string }> & Body<{ name: string }> & Answers<200, VideoList>;
    delete: Path<{ list_id: string }> & Empty;
  };
  "/api/lists/{list_id}/videos": {
    get: Query<{ list_id: string }, { limit?: number; cursor?: string | null }> & Answers<200, VideoPage>;
    post: Path<{ list_id: string }> & Body<{ url: string }> & Answers<201, Video>;
  };
  "/api/lists/{list_id}/videos/batch": {
    post: Path<{ list_id: string }> & Body<{ text?: string; urls?: string[] }> & Answers<201, BatchResult>;
  };
  "/api/imports": {
    get: { parameters: { path?: never; query?: { limit?: number }; header?: never; cookie?: never } } & Answers<200, { items: ImportJob[]; next_cursor: string | null; total: number }>;
  };
  "/api/imports/{import_id}/items": {
    get: Query<{ import_id: string }, { limit?: number; cursor?: string | null }> &
      Answers<200, { items: (RejectedItem & { verdict: string; youtube_id: string | null })[] }>;
  };
  "/api/videos/{video_id}": {
    get: Path<{ video_id: string }> & Answers<200, Video>;
    delete: Path<{ video_id: string }> & Empty;
  };
  "/api/videos/{video_id}/enrichment": { get: Path<{ video_id: string }> & Answers<200, Enrichment> };
  "/api/videos/{video_id}/enrichment/retry": { post: Path<{ video_id: string }> & Answers<202, unknown> };
  "/api/lanes": { get: Answers<200, Lane[]> };
}
