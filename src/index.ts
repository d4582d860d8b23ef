export type { ClaimLookup } from "./actions/lookup"
export type { RetryResult } from "./actions/retry"
export type { Claim, ClaimStatus, Delivery, HistoryEntry } from "./claims/claim"
export type { AddressRequest } from "./claims/address-request"
export type { ClaimEventData, ClaimEventName } from "./claims/events"
export type { LinkedClaim } from "./claims/claim-link"
export type { RefusalCode } from "./claims/refusal"
export type { Email } from "./email/email"
export type { BrandView } from "./email/brand-view"
export type {
  ClaimConfirmedTexts,
  ClaimConfirmedView,
} from "./email/confirmed-view"
export type { MessageName, View } from "./email/message"
export type { OrderItemView, OrderView } from "./email/order-view"
export type { PersonView } from "./email/person-view"
export type { TemplateFunction } from "./email/renderer"
export type { ClaimRequestTexts, ClaimRequestView } from "./email/request-view"
export type {
  ClaimRevertedTexts,
  ClaimRevertedView,
} from "./email/reverted-view"
export type { TextOverrides } from "./texts/texts"
export type {
  BrandOptions,
  DeliveryOptions,
  LimitOptions,
  OrderClaimOptions,
  TemplateOptions,
} from "./options/options"
export type { ClaimCounts } from "./db/claim-counts"
export type { ListedClaim } from "./db/claim-list"
export type { StaffClaim } from "./db/staff-claims"
export type { default as OrderClaimService } from "./services/order-claim"
export type { TransportOption } from "./transports"
export { CLAIM_EVENTS } from "./claims/events"
export { CLAIM_REQUESTED } from "./claims/claim-request"
export { OrderClaimRefusal } from "./claims/refusal"
export { PROVIDER_ID } from "./db/notifications"
