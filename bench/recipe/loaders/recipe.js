/** The guide's own loader. On the local bus, it alone never mails anything. */
exports.default = (container) =>
  container
    .resolve("notificationService")
    .subscribe("order-update-token.created", "recipe-mail")
