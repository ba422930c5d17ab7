import type { Invitation, NewInvitation, Person } from "@/types/video";
import { client, unwrap } from "./http";

export function fetchPeople(): Promise<Person[]> {
  return unwrap(client.GET("/api/users"));
}

export async function removePerson(id: string): Promise<void> {
  await unwrap(client.DELETE("/api/users/{user_id}", { params: { path: { user_id: id } } }));
}

/** The code of a sign-in link; the person's password is gone with it. */
export async function makeLinkFor(id: string): Promise<string> {
  const answer = await unwrap(
    client.POST("/api/users/{user_id}/link", { params: { path: { user_id: id } } }),
  );
  return answer.code;
}

export function fetchInvitations(): Promise<Invitation[]> {
  return unwrap(client.GET("/api/users/invitations"));
}

/** The answer is the only one with the code in it. */
export function invite(note: string): Promise<NewInvitation> {
  return unwrap(client.POST("/api/users/invitations", { body: { note } }));
}

export async function takeBackInvitation(id: string): Promise<void> {
  await unwrap(
    client.DELETE("/api/users/invitations/{invitation_id}", { params: { path: { invitation_id: id } } }),
  );
}
