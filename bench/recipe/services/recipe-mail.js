const { AbstractNotificationService } = require("@medusajs/medusa")
const nodemailer = require("nodemailer")

/**
 * The provider of Medusa's guide "How to Handle Order Claim Event", with
 * nodemailer for SendGrid:
 * https://docs.medusajs.com/v1/modules/orders/backend/handle-order-claim-event
 */
class RecipeMailService extends AbstractNotificationService {
  static identifier = "recipe-mail"

  constructor(container, options) {
    super(container, options)
    this.options_ = options
    this.transport_ = nodemailer.createTransport(options.transport)
  }

  async sendNotification(event, data) {
    const { from, letter } = this.options_
    await this.transport_.sendMail({
      from,
      to: data.old_email,
      subject: letter.subject,
      html: letter.html,
      text: letter.text,
    })
    return { to: data.old_email, status: "sent", data }
  }

  async resendNotification(notification) {
    return this.sendNotification(notification.event_name, notification.data)
  }
}

exports.default = RecipeMailService
