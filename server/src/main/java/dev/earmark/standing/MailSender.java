package dev.earmark.standing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.earmark.model.Timestamp;
import jakarta.mail.Authenticator;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Sends mail through a server by SMTP (RFC 5321), by TLS where the server offers it. The {@code
 * Message-ID} of a message is the same at each try.
 */
public final class MailSender {
  private static final String PATIENCE_MS = "10000";
  private static final int SMTP = 25;
  private static final int SMTPS = 465;

  private final Session session;
  private final String from;
  private final String server;

  private MailSender(Session session, String from, String server) {
    this.session = session;
    this.from = from;
    this.server = server;
  }

  /**
   * A sender.
   *
   * @param address {@code smtp://[USER:PASSWORD@]HOST[:PORT]}, or {@code smtps://} for TLS from the
   *     first byte on
   * @param from who writes
   * @throws IllegalArgumentException if the address is no such one
   */
  public static MailSender of(String address, String from) {
    URI uri = URI.create(address);
    boolean secure = "smtps".equals(uri.getScheme());
    if (uri.getHost() == null || !(secure || "smtp".equals(uri.getScheme()))) {
      throw new IllegalArgumentException(
          "a mail server is named smtp://[USER:PASSWORD@]HOST[:PORT] or smtps://…");
    }
    int port = uri.getPort() > 0 ? uri.getPort() : secure ? SMTPS : SMTP;
    Properties properties = new Properties();
    properties.put("mail.transport.protocol", "smtp");
    properties.put("mail.smtp.host", uri.getHost());
    properties.put("mail.smtp.port", Integer.toString(port));
    properties.put("mail.smtp.ssl.enable", Boolean.toString(secure));
    properties.put("mail.smtp.starttls.enable", "true");
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    properties.put("mail.smtp.connectiontimeout", PATIENCE_MS);
    properties.put("mail.smtp.timeout", PATIENCE_MS);
    properties.put("mail.smtp.writetimeout", PATIENCE_MS);
    Authenticator login = login(uri.getUserInfo());
    properties.put("mail.smtp.auth", Boolean.toString(login != null));
    return new MailSender(Session.getInstance(properties, login), from, uri.getHost() + ":" + port);
  }

  private static @Nullable Authenticator login(@Nullable String user) {
    if (user == null) {
      return null;
    }
    int colon = user.indexOf(':');
    String name = colon < 0 ? user : user.substring(0, colon);
    String password = colon < 0 ? "" : user.substring(colon + 1);
    return new Authenticator() {
      @Override
      protected PasswordAuthentication getPasswordAuthentication() {
        return new PasswordAuthentication(name, password);
      }
    };
  }

  /** Sends a message to all who are to be written to. */
  void send(Message message, StandingSearch search) throws IOException {
    try {
      MimeMessage mail =
          new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
              setHeader("Message-ID", "<" + message.id() + "@earmark>");
            }
          };
      mail.setFrom(new InternetAddress(from));
      for (String to : search.mail()) {
        mail.addRecipient(RecipientType.TO, new InternetAddress(to));
      }
      mail.setSubject(subject(message), StandardCharsets.UTF_8.name());
      mail.setHeader(
          "Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(OffsetDateTime.now(ZoneOffset.UTC)));
      mail.setText(text(message), StandardCharsets.UTF_8.name());
      Transport.send(mail);
    } catch (MessagingException e) {
      Throwable cause = e.getNextException() == null ? e : e.getNextException();
      throw new IOException(
          "the mail server "
              + server
              + " did not take it: "
              + String.valueOf(cause.getMessage()).strip(),
          e);
    }
  }

  private static String subject(Message message) {
    int hits = message.body().path("hits").size();
    return message.name()
        + ": "
        + (hits == 1 ? "1 moment" : hits + " moments")
        + " in "
        + message.body().path("episode").path("title").asText();
  }

  private static String text(Message message) {
    JsonNode body = message.body();
    StringBuilder text = new StringBuilder();
    text.append(body.path("episode").path("title").asText());
    if (body.path("episode").path("show").isTextual()) {
      text.append(", ").append(body.path("episode").path("show").asText());
    }
    text.append("\nSearch: ").append(body.path("search").path("query").asText()).append('\n');
    for (JsonNode hit : body.path("hits")) {
      text.append('\n');
      if (hit.path("atMs").isNumber()) {
        text.append(Timestamp.clamped(hit.path("atMs").asLong()).clock()).append(' ');
      }
      if (hit.path("speaker").isTextual()) {
        text.append(hit.path("speaker").asText()).append(": ");
      }
      text.append(hit.path("text").asText()).append('\n');
      text.append(hit.path("page").asText()).append('\n');
    }
    return text.toString();
  }
}
