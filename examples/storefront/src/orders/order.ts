/** An order, as these pages show it. */
export interface ShownOrder {
  id: string
  display_id: number
  created_at: string | Date
  items: { id: string; title: string; quantity: number }[]
}
