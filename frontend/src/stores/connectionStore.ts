import { create } from "zustand";

export type ConnectionStatus = "connecting" | "open" | "lost";

interface ConnectionState {
  status: ConnectionStatus;
  set: (status: ConnectionStatus) => void;
}

/** Whether progress is streamed. `lost` is what people see as "offline, reconnecting". */
export const useConnectionStore = create<ConnectionState>()((set) => ({
  status: "connecting",
  set: (status) => set((state) => (state.status === status ? state : { status })),
}));
