import type { RequestTerms } from "@gen/proto/alaya/market/v1/market_pb";
import type { Request } from "@/api/types";

/** What every part of a request's page on the desk is given. */
export interface PartProps {
  request: Request;
  terms: RequestTerms;
  /** The account in use is the requester's. */
  mine: boolean;
}
