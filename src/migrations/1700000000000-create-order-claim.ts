import type { MigrationInterface, QueryRunner } from "typeorm"

// Medusa's loader treats every export of this file as a migration: export only one,
// with the timestamp at the end of its name.
export class CreateOrderClaim1700000000000 implements MigrationInterface {
  name = "CreateOrderClaim1700000000000"

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE order_claim (
        id character varying PRIMARY KEY,
        customer_id character varying NOT NULL,
        email character varying NOT NULL,
        order_ids text[] NOT NULL,
        status character varying NOT NULL CHECK (status IN (
          'requested', 'pending', 'sent', 'confirmed', 'reverted', 'declined', 'canceled',
          'failed', 'throttled', 'ineligible'
        )),
        origin character varying NOT NULL DEFAULT 'order_ids',
        requested_by character varying,
        display_id integer,
        sales_channel_ids text[],
        own_address boolean NOT NULL DEFAULT false,
        password_attempts integer NOT NULL DEFAULT 0,
        event_token_hash character varying UNIQUE,
        token_generation integer NOT NULL DEFAULT 1,
        token_issued_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        confirmed_generation integer,
        resolved_by character varying,
        moved_orders jsonb NOT NULL DEFAULT '[]',
        reverted_at timestamptz,
        reverted_by character varying,
        reverted_order_ids text[] NOT NULL DEFAULT '{}',
        history jsonb NOT NULL DEFAULT '[]',
        renewals timestamptz[] NOT NULL DEFAULT '{}',
        to_notify text[] NOT NULL DEFAULT '{}',
        failed_notices text[] NOT NULL DEFAULT '{}',
        attempts integer NOT NULL DEFAULT 0,
        notice_attempts integer NOT NULL DEFAULT 0,
        unrecorded_attempts integer NOT NULL DEFAULT 0,
        deliveries jsonb NOT NULL DEFAULT '[]',
        next_attempt_at timestamptz,
        leased_by character varying,
        leased_until timestamptz,
        last_error text,
        locale character varying,
        sent_at timestamptz,
        failed_at timestamptz,
        retried_at timestamptz,
        first_mail_failed boolean NOT NULL DEFAULT false,
        resolved_at timestamptz,
        reduced_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      )
    `)
    // For the courier: only claims that still have an email to send.
    await queryRunner.query(`
      CREATE INDEX "IDX_order_claim_outbox" ON order_claim (next_attempt_at)
      WHERE next_attempt_at IS NOT NULL
    `)
    // For the limits, per address and per claimant; and for the search by the beginning
    // of an address, which needs this operator class unless the collation is "C".
    await queryRunner.query(`
      CREATE INDEX "IDX_order_claim_email"
      ON order_claim (lower(email) text_pattern_ops, created_at)
    `)
    await queryRunner.query(`
      CREATE INDEX "IDX_order_claim_customer" ON order_claim (customer_id, created_at)
    `)
    // For what a customer asks for without ids: what waits, and how much it is by now.
    await queryRunner.query(`
      CREATE INDEX "IDX_order_claim_asked" ON order_claim (customer_id, created_at)
      WHERE origin = 'address'
    `)
    await queryRunner.query(`
      CREATE INDEX "IDX_order_claim_renewed" ON order_claim (lower(email))
      WHERE renewals <> '{}'
    `)
    // For the list of an order's claims.
    await queryRunner.query(`
      CREATE INDEX "IDX_order_claim_orders" ON order_claim USING gin (order_ids)
    `)
    // For the check if an order was declined to its claimant, or taken back. Every check looks at all
    // entries that are not in their place yet, so it has none of these (fastupdate).
    await queryRunner.query(`
      CREATE INDEX "IDX_order_claim_declined" ON order_claim USING gin (order_ids)
      WITH (fastupdate = off) WHERE status IN ('declined', 'reverted')
    `)
    // For the lists by status, the newest first, and those of a claimant, who is also
    // looked up by it among the declined. db/claim-ids.ts says why the collation. They
    // have the time, so that the claims of a time are counted by an index alone.
    await queryRunner.query(`
      CREATE INDEX "IDX_order_claim_status"
      ON order_claim (status, id COLLATE "C", created_at)
    `)
    await queryRunner.query(`
      CREATE INDEX "IDX_order_claim_claimant"
      ON order_claim (customer_id, status, id COLLATE "C", created_at)
    `)
    // For the search by an order's number: claims that found no such order.
    await queryRunner.query(`
      CREATE INDEX "IDX_order_claim_number" ON order_claim (display_id)
      WHERE display_id IS NOT NULL
    `)
    // For mailing again what failed in a chosen time. Few claims are in them.
    await queryRunner.query(`
      CREATE INDEX "IDX_order_claim_failed" ON order_claim (failed_at, id)
      WHERE status = 'failed'
    `)
    await queryRunner.query(`
      CREATE INDEX "IDX_order_claim_failed_notices" ON order_claim (failed_at, id)
      WHERE failed_notices <> '{}'
    `)
    // For their list, the newest first.
    await queryRunner.query(`
      CREATE INDEX "IDX_order_claim_failed_notices_list"
      ON order_claim (id COLLATE "C") WHERE failed_notices <> '{}'
    `)
    // For the retention: blocks that are not reduced yet. The others stay, more and more.
    await queryRunner.query(`
      CREATE INDEX "IDX_order_claim_blocks" ON order_claim (status, id COLLATE "C")
      WHERE status IN ('declined', 'reverted') AND reduced_at IS NULL
    `)
    // One offer per account, even if its event arrives twice.
    await queryRunner.query(`
      CREATE UNIQUE INDEX "IDX_order_claim_offer" ON order_claim (customer_id)
      WHERE origin = 'registration'
    `)
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP TABLE order_claim`)
  }
}
