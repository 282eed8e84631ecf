import { useState, type SyntheticEvent } from "react";
import { useTranslation } from "react-i18next";
import { Button, Checkbox, ErrorNote, Field, Note, TextInput, toast } from "@/design";
import { addressOf, newPhrase, privateKeyOf, publicKeyOf } from "./keys";
import { flaw, PassphraseFields, useNeed } from "./Passphrase";
import { keep } from "./session";
import { addAccount } from "./state";

/** Seals the key of a phrase in this browser and puts its account into use. */
export async function keepPhrase(phrase: string, name: string, passphrase: string) {
  const privateKey = await privateKeyOf(phrase);
  const publicKey = publicKeyOf(privateKey);
  const address = addressOf(publicKey);
  await keep({ address, publicKey, privateKey, phrase }, passphrase);
  privateKey.fill(0);
  addAccount({ address, name: name.trim(), kind: "sealed" });
}

/** Which words are asked for: three places, in order. */
function chosen(count: number): number[] {
  const places = new Set<number>();
  while (places.size < 3) places.add((crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % count);
  return [...places].sort((a, b) => a - b);
}

/** Makes a key: its words are shown once, then three of them are asked for. */
export function CreateAccount({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation("wallet");
  const [phrase] = useState(newPhrase);
  const words = phrase.split(" ");
  const [places] = useState(() => chosen(words.length));
  const [step, setStep] = useState<"show" | "confirm">("show");
  return step === "show" ? (
    <Show words={words} onNext={() => setStep("confirm")} />
  ) : (
    <Confirm
      words={words}
      places={places}
      onBack={() => setStep("show")}
      onConfirmed={async (name, passphrase) => {
        await keepPhrase(phrase, name, passphrase);
        toast({ tone: "good", title: t("create.done") });
        onDone();
      }}
    />
  );
}

function Show({ words, onNext }: { words: string[]; onNext: () => void }) {
  const { t } = useTranslation("wallet");
  const [written, setWritten] = useState(false);
  return (
    <div className="flex flex-col gap-4">
      <Note tone="warn" title={t("create.warnTitle")}>
        {t("create.warn")}
      </Note>
      <ol dir="ltr" aria-label={t("create.words")} className="grid grid-cols-2 gap-1.5 rounded-lg bg-sunken p-3 font-mono sm:grid-cols-4">
        {words.map((word, i) => (
          <li key={i} className="flex gap-1.5 rounded bg-raised px-2 py-1">
            <span className="w-5 text-end text-muted select-none">{i + 1}</span>
            <span translate="no">{word}</span>
          </li>
        ))}
      </ol>
      <Checkbox label={t("create.written")} checked={written} onChange={setWritten} />
      <Button look="primary" disabled={!written} onClick={onNext} className="self-end">
        {t("create.next")}
      </Button>
    </div>
  );
}

function Confirm({ words, places, onBack, onConfirmed }: {
  words: string[];
  places: number[];
  onBack: () => void;
  onConfirmed: (name: string, passphrase: string) => Promise<void>;
}) {
  const { t } = useTranslation("wallet");
  const need = useNeed();
  const [given, setGiven] = useState<Record<number, string>>({});
  const [name, setName] = useState("");
  const [passphrase, setPassphrase] = useState(["", ""] as [string, string]);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const wrong = (place: number) => given[place]?.trim().toLowerCase() !== words[place];
  const submit = async (e: SyntheticEvent) => {
    e.preventDefault();
    setTried(true);
    if (places.some(wrong) || (need === "new" && flaw(...passphrase))) return;
    setBusy(true);
    try {
      await onConfirmed(name, passphrase[0]);
    } catch (cause) {
      setError(cause);
      setBusy(false);
    }
  };
  if (!need) return null;
  return (
    <form onSubmit={(e) => void submit(e)} className="flex flex-col gap-4" noValidate>
      <div className="grid gap-3 sm:grid-cols-3">
        {places.map((place) => (
          <Field key={place} label={t("create.word", { number: place + 1 })} error={tried && wrong(place) && t("create.wordWrong")} required>
            <TextInput
              dir="ltr"
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              value={given[place] ?? ""}
              onChange={(e) => setGiven({ ...given, [place]: e.target.value })}
            />
          </Field>
        ))}
      </div>
      <Field label={t("name")} hint={t("nameHint")}>
        <TextInput maxLength={40} value={name} onChange={(e) => setName(e.target.value)} />
      </Field>
      <PassphraseFields need={need} passphrase={passphrase[0]} again={passphrase[1]} onChange={(...both) => setPassphrase(both)} tried={tried} />
      {error !== undefined && <ErrorNote error={error} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onBack}>{t("create.back")}</Button>
        <Button type="submit" look="primary" busy={busy}>
          {t("create.finish")}
        </Button>
      </div>
    </form>
  );
}
