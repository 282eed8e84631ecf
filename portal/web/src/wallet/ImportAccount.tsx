import { useState, type SyntheticEvent } from "react";
import { useTranslation } from "react-i18next";
import { Button, ErrorNote, Field, TextArea, TextInput, toast } from "@/design";
import { keepPhrase } from "./CreateAccount";
import { checkPhrase } from "./keys";
import { flaw, PassphraseFields, useNeed } from "./Passphrase";

function readable(text: string): string | undefined {
  try {
    return checkPhrase(text);
  } catch {
    return undefined;
  }
}

/** Brings an account along by its words. */
export function ImportAccount({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation("wallet");
  const need = useNeed();
  const [text, setText] = useState("");
  const [name, setName] = useState("");
  const [passphrase, setPassphrase] = useState(["", ""] as [string, string]);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const phrase = readable(text);
  const submit = async (e: SyntheticEvent) => {
    e.preventDefault();
    setTried(true);
    if (!phrase || (need === "new" && flaw(...passphrase))) return;
    setBusy(true);
    try {
      await keepPhrase(phrase, name, passphrase[0]);
      toast({ tone: "good", title: t("import.done") });
      onDone();
    } catch (cause) {
      setError(cause);
      setBusy(false);
    }
  };
  if (!need) return null;
  return (
    <form onSubmit={(e) => void submit(e)} className="flex flex-col gap-4" noValidate>
      <Field label={t("import.words")} hint={t("import.hint")} error={tried && !phrase && t("import.wrong")} required>
        <TextArea
          dir="ltr"
          rows={3}
          autoFocus
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          className="font-mono"
          value={text}
          onChange={(e) => setText(e.target.value)}
        />
      </Field>
      <Field label={t("name")} hint={t("nameHint")}>
        <TextInput maxLength={40} value={name} onChange={(e) => setName(e.target.value)} />
      </Field>
      <PassphraseFields need={need} passphrase={passphrase[0]} again={passphrase[1]} onChange={(...both) => setPassphrase(both)} tried={tried} />
      {error !== undefined && <ErrorNote error={error} />}
      <Button type="submit" look="primary" busy={busy} className="self-end">
        {t("import.finish")}
      </Button>
    </form>
  );
}
