import { type FormEvent, useRef, useState } from "react";

/** A form with a name and a password: sent once at a time. */
export function useCredentials(send: (username: string, password: string) => Promise<void>) {
  const [busy, setBusy] = useState(false);
  const sending = useRef(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    // A double click comes before the page shows that it is busy.
    if (sending.current) return;
    sending.current = true;
    const form = new FormData(event.currentTarget);
    setBusy(true);
    await send(String(form.get("username")), String(form.get("password")));
    sending.current = false;
    setBusy(false);
  };
  return { busy, submit: (event: FormEvent<HTMLFormElement>) => void submit(event) };
}
