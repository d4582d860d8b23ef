/**
 * A cache for what is made from text that people wrote, such as a cart's locale. Its
 * size is limited: once it is full, it forgets everything.
 */
export class Kept<Value> {
  private readonly values = new Map<string, Value>()

  constructor(private readonly most = 500) {}

  /** Returns the value of a key; makes it on first use. */
  get(key: string, make: () => Value): Value {
    const known = this.values.get(key)
    if (known !== undefined || this.values.has(key)) return known as Value

    if (this.values.size >= this.most) this.values.clear()
    const value = make()
    this.values.set(key, value)
    return value
  }
}
