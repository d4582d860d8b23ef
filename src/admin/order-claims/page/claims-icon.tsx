/** A letter with a tick, as big and as thin as the icons beside it. */
export const ClaimsIcon = () => (
  <svg
    width="20"
    height="20"
    viewBox="0 0 20 20"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.5"
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
  >
    <path d="M17.5 9V5.8A1.8 1.8 0 0 0 15.7 4H4.3A1.8 1.8 0 0 0 2.5 5.8v8.4A1.8 1.8 0 0 0 4.3 16H9" />
    <path d="m2.5 6.5 7.5 5 7.5-5" />
    <path d="m12.5 15 1.8 1.8 3.4-3.600" />
  </svg>
)
