import type { ReactNode } from "react";

/** The frame of a media plug-in: tools, what is shown, and beside it the list. */
export function Editor({ tools, panel, children }: { tools: ReactNode; panel: ReactNode; children: ReactNode }) {
  return (
    <div className="@container">
      <div className="grid grid-cols-1 gap-3 @4xl:grid-cols-[minmax(0,1fr)_17.5rem]">
        <div className="flex min-w-0 flex-col gap-2">
          {tools}
          {children}
        </div>
        {panel}
      </div>
    </div>
  );
}

/** The height of a stage: half of the window, and on a phone no more than its width. */
export const stageHeight = "h-[min(50dvh,46rem,100cqw)] min-h-64 @4xl:h-[min(68dvh,46rem)]";
