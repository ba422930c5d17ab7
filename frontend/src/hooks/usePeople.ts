import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { toast } from "sonner";
import {
  fetchInvitations,
  fetchPeople,
  invite,
  makeLinkFor,
  removePerson,
  takeBackInvitation,
} from "@/api/people";
import { queryKeys } from "@/api/queryKeys";
import { toApiError } from "@/lib/apiError";
import "@/lib/i18n/people";
import type { Invitation, NewInvitation, Person } from "@/types/video";
import { useFailed } from "./useFailed";

export function usePeople() {
  return useQuery({ queryKey: queryKeys.people, queryFn: fetchPeople, staleTime: 0 });
}

export function useInvitations() {
  return useQuery({ queryKey: queryKeys.invitations, queryFn: fetchInvitations, staleTime: 0 });
}

/** The code stays with whoever asked for it: it never enters a cache that the whole page can read. */
export function useInvite(onMade: (invitation: NewInvitation) => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (note: string) => invite(note),
    gcTime: 0,
    onSuccess: (made) => {
      const { code: _secret, ...known } = made;
      queryClient.setQueryData<Invitation[]>(queryKeys.invitations, (open) => [known, ...(open ?? [])]);
      onMade(made);
    },
    onError: useFailed(),
  });
}

export function useTakeBack() {
  const queryClient = useQueryClient();
  const { t } = useTranslation();
  return useMutation({
    mutationFn: ({ id }: Invitation) =>
      takeBackInvitation(id).catch((cause: unknown) => {
        if (toApiError(cause).status !== 404) throw cause;
        // It was used meanwhile: there is somebody new.
        void queryClient.invalidateQueries({ queryKey: queryKeys.people });
      }),
    onSuccess: (_answer, { id }) => {
      queryClient.setQueryData<Invitation[]>(queryKeys.invitations, (open) =>
        open?.filter((invitation) => invitation.id !== id),
      );
      toast(t("people.tookBack"));
    },
    onError: useFailed(),
  });
}

export function useMakeLink(onMade: (code: string) => void) {
  return useMutation({
    mutationFn: ({ id }: Person) => makeLinkFor(id),
    gcTime: 0,
    onSuccess: onMade,
    onError: useFailed(),
  });
}

export function useRemovePerson() {
  const queryClient = useQueryClient();
  const { t } = useTranslation();
  return useMutation({
    mutationFn: ({ id }: Person) =>
      removePerson(id).catch((cause: unknown) => {
        if (toApiError(cause).status !== 404) throw cause;
      }),
    onSuccess: (_answer, { id, username }) => {
      queryClient.setQueryData<Person[]>(queryKeys.people, (people) =>
        people?.filter((person) => person.id !== id),
      );
      toast(t("people.removed", { name: username }));
    },
    onError: useFailed(),
  });
}
