import { isBriefPause } from "@/lib/laneNotice";
import { fold, foldJob, isUnderWay, progressOf } from "@/lib/progress";
import type { Lane, ProgressFrame, VideoEvent, VideoProgress } from "@/types/progress";
import type { ImportJob, Video } from "@/types/video";

/**
 * The stream of progress, outside of React and of the query cache: up to 200 events a second must cost
 * one render per changed tile and frame, no more. Every tile subscribes to its own video id.
 */

interface Entry extends VideoProgress {
  /** When it was heard (ms, monotonic), to tell it from an older or newer list answer. */
  heardAt: number;
}

/** An import with the time of its newest word, for the same reason. */
interface JobEntry {
  job: ImportJob;
  heardAt: number;
}

type Listener = () => void;

export interface FrameScheduler {
  request(run: () => void): void;
  /** Once, so many milliseconds from now. */
  later(run: () => void, milliseconds: number): void;
}

/** What the server answered to a pause or its end, and what a frame said of it since. */
interface Answer {
  state: ImportJob["state"];
  until: number;
  otherwise: ImportJob | null;
}

/** A hidden tab gets no animation frames, yet must not fall behind. */
const nextFrame: FrameScheduler = {
  request(run) {
    if (document.visibilityState === "hidden") setTimeout(run, 250);
    else requestAnimationFrame(run);
  },
  later(run, milliseconds) {
    setTimeout(run, milliseconds);
  },
};

/** A frame that was begun before an answer may come after it: on a busy machine so late. */
const UNDER_WAY_MS = 5000;
const HELD_OR_RUNS: ReadonlySet<string> = new Set(["paused", "running"]);

export class ImportProgressStore {
  private readonly answers = new Map<string, Answer>();
  private videos = new Map<string, Entry>();
  private pendingVideos = new Map<string, VideoEvent>();
  private jobs = new Map<string, JobEntry>();
  private pendingJobs = new Map<string, ImportJob>();
  private lanes: readonly Lane[] = [];
  private pendingLanes: readonly Lane[] | null = null;
  private lanesHeardAt = 0;
  private pendingLists = new Set<string>();
  private jobList: readonly ImportJob[] = [];
  private pausedLaneNames: readonly string[] = [];

  private videoListeners = new Map<string, Set<Listener>>();
  private jobListeners = new Set<Listener>();
  private laneListeners = new Set<Listener>();
  private eventListeners = new Set<(events: readonly VideoEvent[]) => void>();
  private listListeners = new Set<(listIds: readonly string[]) => void>();

  private awaitsSnapshot = false;
  private epoch: string | null = null;
  private seq = -1;
  private scheduled = false;
  private readonly scheduler: FrameScheduler;
  private readonly now: () => number;

  constructor(scheduler: FrameScheduler = nextFrame, now: () => number = () => performance.now()) {
    this.scheduler = scheduler;
    this.now = now;
  }

  /** A connection is ready. Numbers are compared only within one connection, so they start anew. */
  connected(epoch: string, seq: number): void {
    this.epoch = epoch;
    this.seq = seq;
    this.awaitsSnapshot = true;
  }

  get currentEpoch(): string | null {
    return this.epoch;
  }

  receive(frame: ProgressFrame): void {
    if (frame.seq < this.seq) return;
    this.seq = frame.seq;
    if (frame.snapshot && this.awaitsSnapshot) this.forgetEndedImports(frame);
    this.awaitsSnapshot = false;
    for (const event of frame.videos) this.pendingVideos.set(event.video_id, event);
    for (const job of frame.imports) this.pendingJobs.set(job.id, this.asAnswered(job));
    if (frame.lanes.length > 0 || frame.snapshot) this.pendingLanes = this.mergeLanes(frame);
    for (const listId of frame.lists) this.pendingLists.add(listId);
    this.schedule();
  }

  /**
   * Rows of a list answer. Only videos the stream has spoken of are touched (the others are read from the
   * row itself), and only when the request began after the stream's last word: that is how an import that
   * ended while the socket was away reaches its tile.
   */
  absorb(rows: readonly Video[], requestedAt: number): void {
    const changed: string[] = [];
    for (const row of rows) {
      const entry = this.videos.get(row.id);
      if (!entry || entry.heardAt > requestedAt) continue;
      const next = fold(entry, progressOf(row));
      if (next === entry) continue;
      this.videos.set(row.id, { ...next, heardAt: requestedAt });
      changed.push(row.id);
    }
    this.notify(changed);
  }

  /** The same for imports: what was asked for after the stream's last word on one is the newer word. */
  absorbImports(jobs: readonly ImportJob[], requestedAt: number): void {
    let changed = false;
    for (const job of jobs) {
      const entry = this.jobs.get(job.id);
      if (!entry || entry.heardAt > requestedAt) continue;
      this.jobs.set(job.id, { job: foldJob(entry.job, job), heardAt: requestedAt });
      changed = true;
    }
    if (changed) this.notifyJobs();
  }

  /** What the server answered to a pause or to its end: nothing that was read before that says otherwise. */
  answered(job: ImportJob): void {
    this.absorbImports([job], this.now());
    this.answers.set(job.id, {
      state: job.state,
      until: this.now() + UNDER_WAY_MS,
      otherwise: null,
    });
    // A frame that has come and is not drawn yet is older than this answer.
    const pending = this.pendingJobs.get(job.id);
    if (pending) this.pendingJobs.set(job.id, this.asAnswered(pending));
    this.scheduler.later(() => this.endAnswer(job.id), UNDER_WAY_MS);
  }

  private asAnswered(job: ImportJob): ImportJob {
    const answer = this.answers.get(job.id);
    if (!answer) return job;
    const isHeldOrRuns = HELD_OR_RUNS.has(job.state) && HELD_OR_RUNS.has(answer.state);
    answer.otherwise = isHeldOrRuns && job.state !== answer.state ? job : null;
    return answer.otherwise ? { ...job, state: answer.state } : job;
  }

  /** If the last frame still says otherwise, then another tab has changed the import meanwhile. */
  private endAnswer(importId: string): void {
    const answer = this.answers.get(importId);
    if (!answer || answer.until > this.now()) return;
    this.answers.delete(importId);
    if (!answer.otherwise) return;
    this.pendingJobs.set(importId, answer.otherwise);
    this.schedule();
  }

  absorbLanes(lanes: readonly Lane[], requestedAt: number): void {
    if (this.lanesHeardAt > requestedAt) return;
    this.lanesHeardAt = requestedAt;
    this.setLanes(lanes);
  }

  forget(videoId: string): void {
    this.videos.delete(videoId);
    this.pendingVideos.delete(videoId);
  }

  reset(): void {
    this.videos.clear();
    this.pendingVideos.clear();
    this.jobs.clear();
    this.answers.clear();
    this.pendingJobs.clear();
    this.jobList = [];
    this.lanes = [];
    this.pausedLaneNames = [];
    this.pendingLanes = null;
    this.lanesHeardAt = 0;
    this.pendingLists.clear();
    this.epoch = null;
    this.seq = -1;
    for (const set of this.videoListeners.values()) for (const listener of set) listener();
    for (const listener of [...this.jobListeners, ...this.laneListeners]) listener();
  }

  video(id: string): VideoProgress | undefined {
    return this.videos.get(id);
  }

  imports(): readonly ImportJob[] {
    return this.jobList;
  }

  allLanes(): readonly Lane[] {
    return this.lanes;
  }

  pausedLanes(): readonly string[] {
    return this.pausedLaneNames;
  }

  subscribeVideo(id: string, listener: Listener): () => void {
    const set = this.videoListeners.get(id) ?? new Set();
    set.add(listener);
    this.videoListeners.set(id, set);
    return () => {
      set.delete(listener);
      if (set.size === 0) this.videoListeners.delete(id);
    };
  }

  subscribeImports = (listener: Listener): (() => void) => {
    this.jobListeners.add(listener);
    return () => this.jobListeners.delete(listener);
  };

  subscribeLanes = (listener: Listener): (() => void) => {
    this.laneListeners.add(listener);
    return () => this.laneListeners.delete(listener);
  };

  /** Every folded batch of events, once per frame: to fetch titles, and to learn of new videos. */
  subscribeEvents(listener: (events: readonly VideoEvent[]) => void): () => void {
    this.eventListeners.add(listener);
    return () => this.eventListeners.delete(listener);
  }

  /** Lists whose rows went away or moved elsewhere: they have to be read again. */
  subscribeLists(listener: (listIds: readonly string[]) => void): () => void {
    this.listListeners.add(listener);
    return () => this.listListeners.delete(listener);
  }

  flush(): void {
    this.scheduled = false;
    const heardAt = this.now();
    const events = [...this.pendingVideos.values()];
    this.pendingVideos.clear();
    const changed: string[] = [];
    for (const event of events) {
      const older = this.videos.get(event.video_id);
      const next = fold(older, event);
      if (next === older) {
        if (older) older.heardAt = heardAt;
        continue;
      }
      this.videos.set(event.video_id, {
        stage: next.stage,
        progress: next.progress,
        error_code: next.error_code,
        captions_source: next.captions_source,
        captions_pending: next.captions_pending,
        captions_code: next.captions_code,
        title: next.title,
        channel: next.channel,
        duration_seconds: next.duration_seconds,
        waiting_until: next.waiting_until,
        heardAt,
      });
      changed.push(event.video_id);
    }
    this.notify(changed);

    if (this.pendingJobs.size > 0) {
      for (const job of this.pendingJobs.values()) {
        this.jobs.set(job.id, { job: foldJob(this.jobs.get(job.id)?.job, job), heardAt });
      }
      this.pendingJobs.clear();
      this.notifyJobs();
    }
    if (this.pendingLanes) {
      const lanes = this.pendingLanes;
      this.pendingLanes = null;
      this.lanesHeardAt = heardAt;
      this.setLanes(lanes);
    }
    if (events.length > 0) for (const listener of this.eventListeners) listener(events);
    if (this.pendingLists.size > 0) {
      const listIds = [...this.pendingLists];
      this.pendingLists.clear();
      for (const listener of this.listListeners) listener(listIds);
    }
  }

  private notify(ids: readonly string[]): void {
    for (const id of ids) for (const listener of this.videoListeners.get(id) ?? []) listener();
  }

  private notifyJobs(): void {
    this.jobList = [...this.jobs.values()].map(({ job }) => job);
    for (const listener of this.jobListeners) listener();
  }

  private setLanes(lanes: readonly Lane[]): void {
    this.lanes = lanes;
    const wallClock = Date.now();
    const names = lanes
      .filter((lane) => lane.state === "paused" && !isBriefPause(lane, wallClock))
      .map((lane) => lane.name);
    // Tiles compare by identity: keep the array while its content is the same.
    if (names.join() !== this.pausedLaneNames.join()) this.pausedLaneNames = names;
    for (const listener of this.laneListeners) listener();
  }

  /**
   * A snapshot names every import that is under way. What we took to be under way and is not named ended
   * while nobody listened: from here on the list's answer is the truth about it.
   */
  private forgetEndedImports(snapshot: ProgressFrame): void {
    const named = new Set(snapshot.imports.map((job) => job.id));
    for (const [id, { job }] of this.jobs) {
      if (isUnderWay(job) && !named.has(id)) this.jobs.delete(id);
    }
    for (const [id, job] of this.pendingJobs) {
      if (isUnderWay(job) && !named.has(id)) this.pendingJobs.delete(id);
    }
    this.notifyJobs();
  }

  private mergeLanes(frame: ProgressFrame): readonly Lane[] {
    if (frame.snapshot && frame.lanes.length > 0 && !this.pendingLanes) return frame.lanes;
    const byName = new Map((this.pendingLanes ?? this.lanes).map((lane) => [lane.name, lane]));
    for (const lane of frame.lanes) byName.set(lane.name, lane);
    return [...byName.values()];
  }

  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    this.scheduler.request(() => this.flush());
  }
}

export const importProgressStore = new ImportProgressStore();
