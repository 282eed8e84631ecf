import { createContext, useContext } from "react";

/** How a field of a plug-in is tied to the title, hint and error of its control. */
export interface ControlId {
  id: string;
  "aria-labelledby": string;
  "aria-describedby"?: string;
  "aria-required"?: true;
}

export const ControlContext = createContext<ControlId | undefined>(undefined);

/** The attributes for the one field of a control. */
export function useControlId(): Partial<ControlId> {
  return useContext(ControlContext) ?? {};
}
