// From Medusa's own file: its index loads modules that a server does not need.
import { AbstractNotificationService } from "@medusajs/medusa/dist/interfaces"
import { OrderClaimRefusal } from "../claims/refusal"
import { CLAIM_REQUESTED } from "../claims/claim-request"
import { notificationData, PROVIDER_ID } from "../db/notifications"
import type OrderClaimService from "./order-claim"

type ReturnedData = Awaited<
  ReturnType<AbstractNotificationService["sendNotification"]>
>

/**
 * The notification provider `order-claim`, called by `NotificationService.send` and
 * the admin's "Re-Send Mail". Medusa builds it several times per server, so it holds
 * nothing but the one {@link OrderClaimService}.
 */
export default class OrderClaimNotificationService extends AbstractNotificationService {
  static override identifier = PROVIDER_ID

  private readonly orderClaimService_: OrderClaimService

  /** @throws {InvalidOptions}, so that the server does not start */
  constructor(
    container: { orderClaimService: OrderClaimService },
    options: Record<string, unknown>
  ) {
    super(container, options)
    this.orderClaimService_ = container.orderClaimService
  }

  /**
   * Opens the claim as the subscriber does; an event that has arrived before causes
   * no second mail.
   *
   * @returns the notification that core writes for the order `data.id`; `undefined`
   * if core has nothing to write: without an order's id the opening has written all
   * notifications
   */
  override async sendNotification(
    event: string,
    data: unknown
  ): Promise<ReturnedData> {
    const nothing = undefined as unknown as ReturnedData
    if (event !== CLAIM_REQUESTED) return nothing

    const { id } = (data ?? {}) as { id?: unknown }
    const orderId = typeof id === "string" ? id : undefined
    const opened = await this.orderClaimService_.open(data, orderId)
    if (!opened?.isNew || !orderId) return nothing

    const { claim } = opened
    const isRecorded =
      claim.status === "pending" && claim.order_ids.includes(orderId)
    return isRecorded
      ? { to: claim.email, status: "pending", data: notificationData(claim) }
      : nothing
  }

  /**
   * Mails the claim again with a fresh token, within core's own transaction, so
   * that the admin sees a failure.
   *
   * @param config - `to`: another address, if the options allow it
   * @throws {OrderClaimRefusal} 400 with a sentence for the dashboard
   */
  override async resendNotification(
    notification: unknown,
    config: unknown
  ): Promise<ReturnedData> {
    const { data } = notification as { data?: { order_claim_id?: unknown } }
    if (typeof data?.order_claim_id !== "string") {
      throw new OrderClaimRefusal(
        "order_claim_invalid",
        "This notification belongs to no order claim, so there is nothing to resend."
      )
    }
    const { to } = (config ?? {}) as { to?: string }
    const resent = await this.orderClaimService_.resend(data.order_claim_id, to)
    return { to: resent.to, status: "sent", data: resent.data }
  }
}
