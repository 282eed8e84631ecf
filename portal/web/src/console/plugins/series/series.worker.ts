import { bytesOf } from "../../media/fetch";
import { serve } from "../../media/serve";
import type { Series } from "@/records/form";
import { checked, parseSeries } from "./table";

serve<{ url: string; mime: string }, Series>(async ({ url, mime }) => {
  const text = new TextDecoder().decode(await bytesOf(url));
  return { result: checked(parseSeries(text, mime)), hand: [] };
});
