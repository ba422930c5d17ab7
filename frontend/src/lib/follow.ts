/**
 * Whether the transcript may scroll by itself. A person who scrolls is reading: the list stays where it is
 * until they ask to follow again, seek, or have left it alone with the current line back in view.
 */
export interface FollowState {
  following: boolean;
}

export type FollowEvent =
  | { type: "reader-scrolled"; currentLineVisible: boolean }
  | { type: "asked-to-follow" }
  | { type: "sought" };

export function follow(state: FollowState, event: FollowEvent): FollowState {
  switch (event.type) {
    case "reader-scrolled":
      return state.following === event.currentLineVisible ? state : { following: event.currentLineVisible };
    case "asked-to-follow":
    case "sought":
      return state.following ? state : { following: true };
  }
}
