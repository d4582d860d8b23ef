import { Column, Entity, PrimaryColumn } from "typeorm"
import type {
  ClaimOrigin,
  ClaimStatus,
  Decider,
  Delivery,
  HistoryEntry,
  MovedOrder,
  Party,
} from "../claims/claim"

/**
 * The row of a claim. `claims/claim.ts` explains its columns; `db/` reads and writes it.
 * The migration makes the table and its indexes: typeorm must not propose others.
 */
@Entity("order_claim", { synchronize: false })
export class OrderClaim {
  @PrimaryColumn({ type: "varchar" })
  id!: string

  @Column({ type: "varchar" })
  customer_id!: string

  @Column({ type: "varchar" })
  email!: string

  @Column({ type: "text", array: true })
  order_ids!: string[]

  @Column({ type: "varchar" })
  status!: ClaimStatus

  @Column({ type: "varchar", default: "order_ids" })
  origin!: ClaimOrigin

  @Column({ type: "varchar", nullable: true })
  requested_by!: string | null

  @Column({ type: "integer", nullable: true })
  display_id!: number | null

  @Column({ type: "text", array: true, nullable: true })
  sales_channel_ids!: string[] | null

  @Column({ type: "boolean", default: false })
  own_address!: boolean

  @Column({ type: "integer", default: 0 })
  password_attempts!: number

  @Column({ type: "varchar", nullable: true })
  event_token_hash!: string | null

  @Column({ type: "integer", default: 1 })
  token_generation!: number

  @Column({ type: "timestamptz" })
  token_issued_at!: Date

  @Column({ type: "timestamptz" })
  expires_at!: Date

  @Column({ type: "integer", nullable: true })
  confirmed_generation!: number | null

  @Column({ type: "varchar", nullable: true })
  resolved_by!: Decider | null

  @Column({ type: "jsonb", default: [] })
  moved_orders!: MovedOrder[]

  @Column({ type: "timestamptz", nullable: true })
  reverted_at!: Date | null

  @Column({ type: "varchar", nullable: true })
  reverted_by!: Decider | null

  @Column({ type: "text", array: true, default: [] })
  reverted_order_ids!: string[]

  @Column({ type: "jsonb", default: [] })
  history!: HistoryEntry[]

  @Column({ type: "timestamptz", array: true, default: [] })
  renewals!: Date[]

  @Column({ type: "text", array: true, default: [] })
  to_notify!: Party[]

  @Column({ type: "text", array: true, default: [] })
  failed_notices!: Party[]

  @Column({ type: "integer", default: 0 })
  attempts!: number

  @Column({ type: "integer", default: 0 })
  notice_attempts!: number

  @Column({ type: "integer", default: 0 })
  unrecorded_attempts!: number

  @Column({ type: "jsonb", default: [] })
  deliveries!: Delivery[]

  @Column({ type: "timestamptz", nullable: true })
  next_attempt_at!: Date | null

  @Column({ type: "varchar", nullable: true })
  leased_by!: string | null

  @Column({ type: "timestamptz", nullable: true })
  leased_until!: Date | null

  @Column({ type: "text", nullable: true })
  last_error!: string | null

  @Column({ type: "varchar", nullable: true })
  locale!: string | null

  @Column({ type: "timestamptz", nullable: true })
  sent_at!: Date | null

  @Column({ type: "timestamptz", nullable: true })
  failed_at!: Date | null

  @Column({ type: "timestamptz", nullable: true })
  retried_at!: Date | null

  @Column({ type: "boolean", default: false })
  first_mail_failed!: boolean

  @Column({ type: "timestamptz", nullable: true })
  resolved_at!: Date | null

  /** The time at which retention reduced a declined or reverted claim to its block. */
  @Column({ type: "timestamptz", nullable: true })
  reduced_at!: Date | null

  @Column({ type: "timestamptz", default: () => "now()" })
  created_at!: Date

  @Column({ type: "timestamptz", default: () => "now()" })
  updated_at!: Date
}
