export type { Claim, ClaimStatus, Delivery } from "./claims/claim"
export type { LinkedClaim } from "./claims/claim-link"
export type { RefusalCode } from "./claims/refusal"
export type { Email } from "./email/email"
export type { ClaimRequestView } from "./email/view"
export type {
  BrandOptions,
  DeliveryOptions,
  LimitOptions,
  OrderClaimOptions,
  TransportOption,
} from "./options/options"
export { CLAIM_REQUESTED } from "./claims/claim-request"
export { OrderClaimRefusal } from "./claims/refusal"
export { PROVIDER_ID } from "./rows/notifications"
