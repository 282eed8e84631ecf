import { MsgSetProfileSchema } from "@gen/proto/alaya/party/v1/tx_pb";
import { useState, type SyntheticEvent } from "react";
import { useTranslation } from "react-i18next";
import type { Party } from "@/api/types";
import { Button, Dialog, Field, TextInput } from "@/design";
import { message, useSend } from "@/wallet";
import { tags, wrongLanguage, wrongSkill } from "./profile";

/** Changes the public profile. */
export function ProfileDialog({ party, onClose }: { party: Party; onClose: () => void }) {
  const { t } = useTranslation("home");
  const send = useSend();
  const { roles, contact, metadata } = party.profile;
  const [name, setName] = useState(party.profile.name);
  const [languages, setLanguages] = useState(party.profile.languages.join(", "));
  const [skills, setSkills] = useState(party.profile.skills.join(", "));
  const badLanguage = wrongLanguage(tags(languages));
  const badSkill = wrongSkill(tags(skills));
  const submit = (e: SyntheticEvent) => {
    e.preventDefault();
    if (badLanguage !== undefined || badSkill !== undefined) return;
    const profile = {
      address: party.address, name: name.trim(), languages: tags(languages), skills: tags(skills),
      roles: roles.includes("contributor") ? roles : [...roles, "contributor"], contact, metadata,
    };
    onClose();
    send([message(MsgSetProfileSchema, { profile })], { title: t("profile.publish") }).catch(() => undefined);
  };
  return (
    <Dialog open onOpenChange={onClose} title={t("profile.edit")} lead={t("profile.public")}>
      <form onSubmit={submit} className="flex flex-col gap-3" noValidate>
        <Field label={t("profile.name")} hint={t("profile.nameHint")}>
          <TextInput maxLength={64} value={name} onChange={(e) => setName(e.target.value)} />
        </Field>
        <Field label={t("profile.languages")} hint={t("profile.languagesHint")} error={badLanguage !== undefined && t("profile.wrongLanguage", { tag: badLanguage })}>
          <TextInput dir="ltr" value={languages} onChange={(e) => setLanguages(e.target.value)} />
        </Field>
        <Field label={t("profile.skills")} hint={t("profile.skillsHint")} error={badSkill !== undefined && t("profile.wrongSkill", { tag: badSkill })}>
          <TextInput dir="ltr" value={skills} onChange={(e) => setSkills(e.target.value)} />
        </Field>
        <Button type="submit" look="primary" className="self-end">{t("profile.publish")}</Button>
      </form>
    </Dialog>
  );
}
