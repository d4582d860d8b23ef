exports.default = (container) => {
  container
    .resolve("notificationService")
    .subscribe("order-update-token.created", "order-claim")
}
