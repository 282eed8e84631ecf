import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Badge, Button, IconButton } from "@/design";
import { bounds } from "@/records/bounds";
import { Guess } from "../view/Guess";
import { Mark } from "./LabelBar";
import { lookOf, type Look } from "./labels";
import type { Regions } from "./useRegions";

interface RegionPanelProps<R extends { label: string }> {
  regions: Regions<R>;
  looks: ReadonlyMap<string, Look>;
  /** A few words about a region: its size, its time. */
  describe: (r: R) => string;
  /** A copy of a region, moved to be seen; absent: none can be made. */
  copy?: (r: R) => R;
  /** The fields of the selected region. */
  children?: ReactNode;
  readOnly: boolean;
  model?: string;
}

/** The list of regions, and the fields of the one selected. */
export function RegionPanel<R extends { label: string }>(props: RegionPanelProps<R>) {
  const { regions, readOnly, model, children } = props;
  const { t } = useTranslation("media");
  const { list, selected } = regions;
  return (
    <section aria-label={t("regions")} className="flex min-w-0 flex-col gap-2">
      <header className="flex min-h-8 items-center gap-2">
        <h3 className="font-medium">{t("regions")}</h3>
        <Badge>{list.length}</Badge>
        {regions.guess && model && <Guess model={model} />}
      </header>
      {regions.guess && (
        <p className="text-sm text-muted">
          {t("guess")}{" "}
          {!readOnly && (
            <Button look="quiet" className="px-1!" onClick={regions.clear}>
              {t("discard_guess")}
            </Button>
          )}
        </p>
      )}
      {regions.full && <p className="text-sm text-warn">{t("full", { count: bounds.regions })}</p>}
      <ul className="flex max-h-72 flex-col gap-1 overflow-y-auto p-0.5">
        {list.map((r, i) => (
          <Row key={i} {...props} region={r} />
        ))}
      </ul>
      {selected && <div className="rounded-lg border border-line p-2">{children}</div>}
    </section>
  );
}

function Row<R extends { label: string }>({ regions, looks, describe, copy, readOnly, region }: RegionPanelProps<R> & { region: R }) {
  const { t } = useTranslation("media");
  const look = lookOf(looks, region.label);
  const selected = region === regions.selected;
  const hidden = regions.isHidden(region);
  const locked = regions.isLocked(region);
  const name = `${look.name}, ${describe(region)}`;
  return (
    <li className={`flex items-center rounded-lg border ${selected ? "border-accent bg-accent-soft" : "border-transparent hover:bg-sunken"}`}>
      <button
        type="button"
        aria-current={selected}
        onClick={() => regions.select(selected ? undefined : region)}
        className={`flex min-h-8 min-w-0 grow cursor-pointer items-center gap-2 px-1.5 text-start text-sm pointer-coarse:min-h-11 ${hidden ? "opacity-60" : ""}`}
      >
        <Mark look={look} />
        <span className="grid min-w-0 py-0.5 leading-tight">
          <bdi className="truncate font-medium">{look.name}</bdi>
          <bdi className="truncate text-xs text-muted tabular-nums">{describe(region)}</bdi>
        </span>
      </button>
      <IconButton
        icon="eye"
        label={t(hidden ? "show_region" : "hide_region", { name })}
        aria-pressed={hidden}
        className={`min-h-7! ${hidden ? "text-muted line-through opacity-50" : ""}`}
        onClick={() => regions.toggleHidden(region)}
      />
      {!readOnly && (
        <>
          <IconButton
            icon={locked ? "lock" : "unlock"}
            label={t(locked ? "unlock_region" : "lock_region", { name })}
            aria-pressed={locked}
            className={`min-h-7! ${locked ? "" : "text-muted"}`}
            onClick={() => regions.toggleLocked(region)}
          />
          {selected && copy && (
            <IconButton icon="copy" label={t("copy_region", { name })} className="min-h-7!" disabled={locked || regions.full} onClick={() => regions.duplicate(region, copy(region))} />
          )}
          {selected && (
            <IconButton icon="trash" label={t("delete_region", { name })} className="min-h-7!" disabled={locked} onClick={() => regions.remove(region)} />
          )}
        </>
      )}
    </li>
  );
}
