/** What these pages show of an order. */
export interface ShownOrder {
  id: string
  display_id: number
  created_at: string | Date
  items: { id: string; title: string; quantity: number }[]
}
