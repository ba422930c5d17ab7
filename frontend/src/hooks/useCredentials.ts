import { type FormEvent, useState } from "react";

/** A form with a name and a password: sent once at a time. */
export function useCredentials(send: (username: string, password: string) => Promise<void>) {
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (busy) return;
    const form = new FormData(event.currentTarget);
    setBusy(true);
    await send(String(form.get("username")), String(form.get("password")));
    setBusy(false);
  };
  return { busy, submit: (event: FormEvent<HTMLFormElement>) => void submit(event) };
}
