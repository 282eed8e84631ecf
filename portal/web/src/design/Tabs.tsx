import { Tabs as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

export interface Tab {
  id: string;
  label: ReactNode;
  content?: ReactNode;
}

interface TabsProps {
  /** The name of the row of tabs. */
  label: string;
  tabs: readonly Tab[];
  /** Which one is open, if the page decides (in its URL, say); the first, if there is none of that name. */
  value?: string;
  onChange?: (id: string) => void;
  /** What every tab leads to, where it is one thing that stays and only changes: instead of a content of each. */
  children?: ReactNode;
}

/** Views of one thing, of which one is open; arrow keys go from tab to tab. */
export function Tabs({ label, tabs, value, onChange, children }: TabsProps) {
  const { i18n } = useTranslation();
  const first = tabs[0]?.id;
  const open = value === undefined || tabs.some((tab) => tab.id === value) ? value : first;
  return (
    <Radix.Root dir={i18n.dir()} value={open} defaultValue={value === undefined ? first : undefined} onValueChange={onChange}>
      <Radix.List aria-label={label} className="mb-4 flex gap-1 overflow-x-auto border-b border-line">
        {tabs.map((tab) => (
          <Radix.Trigger
            key={tab.id}
            value={tab.id}
            className={
              "-mb-px cursor-pointer border-b-2 border-transparent px-3 py-2 whitespace-nowrap text-muted -outline-offset-2 pointer-coarse:min-h-11 " +
              "hover:text-ink data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-ink"
            }
          >
            {tab.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {children ? (
        <Radix.Content value={open ?? ""} tabIndex={undefined}>
          {children}
        </Radix.Content>
      ) : (
        tabs.map((tab) => (
          <Radix.Content key={tab.id} value={tab.id}>
            {tab.content}
          </Radix.Content>
        ))
      )}
    </Radix.Root>
  );
}
