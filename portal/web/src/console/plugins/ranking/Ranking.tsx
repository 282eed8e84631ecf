import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { announce, Button, IconButton, Keys } from "@/design";
import { useCommands, useKeyOf } from "../../keys/Keys";
import type { PluginProps } from "../../plugin";
import { Data } from "../../view/Data";
import { moved, placeAt } from "./order";

/** All options, best first: drag them, move them by their buttons, or choose one by its digit and move it by keys. */
export function Ranking({ control, item, value, onChange, prelabel, active, readOnly }: PluginProps<"ranking">) {
  const { t } = useTranslation("console");
  const keyOf = useKeyOf();
  const list = useRef<HTMLOListElement>(null);
  const [chosen, setChosen] = useState<string>();
  const [dragged, setDragged] = useState<{ key: string; to: number }>();
  const options = control.options ?? [];
  const settled = value ?? prelabel?.value ?? options;
  const order = dragged ? moved(settled, settled.indexOf(dragged.key), dragged.to) : settled;

  const move = (key: string | undefined, by: number) => {
    const from = settled.indexOf(key ?? "");
    if (readOnly || from < 0 || from + by < 0 || from + by >= settled.length) return;
    onChange(moved(settled, from, from + by));
    setChosen(key);
    announce(t("ranking.moved", { name: key, place: from + by + 1 }));
  };
  const drag = (key: string, y: number) => {
    const rows = Array.from(list.current?.children ?? [], (row) => row.getBoundingClientRect());
    setDragged({ key, to: placeAt(rows.map((r) => r.top + r.height / 2), y) });
  };
  const drop = () => {
    if (dragged) onChange(order);
    setDragged(undefined);
  };
  useCommands(active && !readOnly, {
    ...Object.fromEntries(options.map((key, i) => [`label.${i}`, () => setChosen(key)])),
    "rank.up": () => move(chosen, -1),
    "rank.down": () => move(chosen, 1),
    "rank.keep": () => onChange([...settled]),
  });
  return (
    <div className="flex flex-col gap-2">
      <ol ref={list} className="flex flex-col gap-2">
        {order.map((key, place) => (
          <li
            key={key}
            className={`flex items-start gap-2 rounded-lg border bg-raised p-2 ${chosen === key ? "border-accent" : "border-line-strong"}
              ${value ? "" : "border-dashed"} ${dragged?.key === key ? "shadow-lg" : ""}`}
          >
            <span className="mt-1 w-6 shrink-0 text-center font-semibold tabular-nums">{place + 1}</span>
            {!readOnly && (
              <span
                aria-hidden="true"
                title={t("ranking.drag")}
                className="mt-1 cursor-grab touch-none px-1 text-muted select-none active:cursor-grabbing"
                onPointerDown={(e) => {
                  e.currentTarget.setPointerCapture(e.pointerId);
                  drag(key, e.clientY);
                }}
                onPointerMove={(e) => e.currentTarget.hasPointerCapture(e.pointerId) && drag(key, e.clientY)}
                onPointerUp={drop}
                onPointerCancel={() => setDragged(undefined)}
              >
                ⠿
              </span>
            )}
            <div className="min-w-0 grow">
              {item.data && Object.hasOwn(item.data, key) ? <Data value={item.data[key]} name={key} /> : <bdi>{key}</bdi>}
            </div>
            {!readOnly && (
              <span className="flex shrink-0 items-center">
                {active && <Keys of={keyOf(`label.${options.indexOf(key)}`) ?? ""} />}
                <IconButton icon="sortUp" label={t("ranking.up", { name: key })} disabled={place === 0} onClick={() => move(key, -1)} />
                <IconButton icon="sortDown" label={t("ranking.down", { name: key })} disabled={place === order.length - 1} onClick={() => move(key, 1)} />
              </span>
            )}
          </li>
        ))}
      </ol>
      {!value && !readOnly && (
        <Button className="self-start" keys={active ? keyOf("rank.keep") : undefined} onClick={() => onChange([...settled])}>
          {t("ranking.keep")}
        </Button>
      )}
    </div>
  );
}
