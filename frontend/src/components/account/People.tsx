import { Mail, UserRound } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useInvitations, usePeople, useRemovePerson, useTakeBack } from "@/hooks/usePeople";
import { day } from "@/lib/format";
import "@/lib/i18n/people";
import type { Invitation, Person } from "@/types/video";
import { Button } from "../ui/Button";
import { ConfirmDialog } from "../ui/ConfirmDialog";
import { InviteDialog } from "./InviteDialog";
import { ResetDialog } from "./ResetDialog";

const list = "w-full divide-y divide-surface-3 border-y border-surface-3";

/** Who has an account, and who is invited: only the owner sees this. */
export function People() {
  const { t } = useTranslation();
  const { data: people, isError, refetch } = usePeople();
  const { data: invitations } = useInvitations();
  const [inviting, setInviting] = useState(false);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] justify-items-start gap-3">
      <p className="text-sm text-text-2">{t("people.text")}</p>
      {!people && isError && (
        <p className="flex flex-wrap items-center gap-3">
          {t("people.listFailed")}
          <Button onClick={() => void refetch()}>{t("common.tryAgain")}</Button>
        </p>
      )}
      {people && (
        <ul aria-label={t("people.list")} className={list} data-testid="people">
          {people.map((person) => (
            <PersonRow key={person.id} person={person} />
          ))}
        </ul>
      )}
      {invitations && invitations.length > 0 && (
        <>
          <h3 className="pt-1 font-semibold">{t("people.invitations")}</h3>
          <ul aria-label={t("people.invitations")} className={list} data-testid="invitations">
            {invitations.map((invitation) => (
              <InvitationRow key={invitation.id} invitation={invitation} />
            ))}
          </ul>
        </>
      )}
      <Button onClick={() => setInviting(true)}>
        <Mail size={16} aria-hidden />
        {t("people.invite")}
      </Button>
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
    </div>
  );
}

function PersonRow({ person }: { person: Person }) {
  const { t, i18n } = useTranslation();
  const { mutate: remove } = useRemovePerson();
  const [asked, setAsked] = useState<"reset" | "remove" | null>(null);
  const { username: name, role, created_at } = person;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2.5">
      <UserRound size={17} className="shrink-0 text-text-3" aria-hidden />
      <div className="min-w-0 grow basis-40">
        <p className="truncate" title={name}>
          {name}
        </p>
        <p className="tabular flex flex-wrap gap-x-2 text-sm text-text-2">
          <span>{t(`people.${role}`)}</span>
          <span className="text-text-3">{t("people.since", { at: day(created_at, i18n.language) })}</span>
        </p>
      </div>
      {role === "member" && (
        <div className="flex flex-wrap">
          <Button look="quiet" aria-label={t("people.resetName", { name })} onClick={() => setAsked("reset")}>
            {t("people.reset")}
          </Button>
          <Button
            look="quiet"
            aria-label={t("people.removeName", { name })}
            onClick={() => setAsked("remove")}
          >
            {t("people.remove")}
          </Button>
        </div>
      )}
      {asked === "reset" && <ResetDialog person={person} onClose={() => setAsked(null)} />}
      {asked === "remove" && (
        <ConfirmDialog
          title={t("people.removeTitle", { name })}
          confirm={t("people.remove")}
          onConfirm={() => remove(person)}
          onClose={() => setAsked(null)}
        >
          <p className="text-text-2">{t("people.removeText")}</p>
        </ConfirmDialog>
      )}
    </li>
  );
}

function InvitationRow({ invitation }: { invitation: Invitation }) {
  const { t, i18n } = useTranslation();
  const { mutate: takeBack } = useTakeBack();
  const name = invitation.note || t("people.unnamed");
  return (
    <li className="flex items-center gap-3 py-2.5">
      <Mail size={17} className="shrink-0 text-text-3" aria-hidden />
      <div className="min-w-0 grow">
        <p className="truncate" title={name}>
          {invitation.note ? t("people.invitedFor", { note: name }) : name}
        </p>
        <p className="tabular text-sm text-text-3">
          {t("people.until", { at: day(invitation.expires_at, i18n.language) })}
        </p>
      </div>
      <Button
        look="quiet"
        aria-label={t("people.takeBackName", { name })}
        onClick={() => takeBack(invitation)}
      >
        {t("people.takeBack")}
      </Button>
    </li>
  );
}
