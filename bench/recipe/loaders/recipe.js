/** As the guide has it. On the local bus this alone never mails anything. */
exports.default = (container) =>
  container
    .resolve("notificationService")
    .subscribe("order-update-token.created", "recipe-mail")
