import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, ErrorNote } from "@/design";
import { Adjust, usual } from "./Adjust";

/** A picture that can be enlarged, brightened and given more contrast. */
export function Picture({ url, label, width, height }: { url: string; label: string; width?: number; height?: number }) {
  const { t } = useTranslation("console");
  const [look, setLook] = useState(usual);
  const [attempt, setAttempt] = useState(0);
  const [broken, setBroken] = useState(false);
  const again = () => {
    setAttempt(attempt + 1);
    setBroken(false);
  };
  if (broken) return <ErrorNote error={new Error(t("data.broken", { name: label }))} onRetry={again} />;
  return (
    <figure className="flex flex-col gap-2">
      <div className="max-h-[65dvh] overflow-auto rounded-lg bg-sunken">
        <img
          key={attempt}
          src={url}
          alt={label}
          width={width}
          height={height}
          onError={() => setBroken(true)}
          style={{
            width: look.zoom === 1 ? undefined : `${look.zoom * 100}%`,
            maxWidth: look.zoom === 1 ? "100%" : "none",
            height: "auto",
            maxHeight: look.zoom === 1 ? "65dvh" : "none",
            filter: `brightness(${look.brightness}) contrast(${look.contrast})`,
          }}
          className="mx-auto"
        />
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <Adjust look={look} onChange={setLook} />
        {look !== usual && (
          <Button look="quiet" onClick={() => setLook(usual)}>
            {t("adjust.reset")}
          </Button>
        )}
      </div>
    </figure>
  );
}
