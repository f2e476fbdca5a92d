package dev.earmark.standing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.earmark.corpus.WebPost;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Sends what is due. What fails is tried again, each time after twice as long, and after {@link
 * Retries#most} tries laid aside as a dead letter, which can be sent by hand later.
 *
 * <p>A webhook is signed as Standard Webhooks has it: {@code webhook-id}, the same at each try;
 * {@code webhook-timestamp}; {@code webhook-signature}, {@code v1,} and the HMAC-SHA256 of id,
 * timestamp and body with stops between. A receiver that has an id answers 2xx and does nothing.
 *
 * @see <a
 *     href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard
 *     Webhooks</a>
 */
final class Delivery {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String SECRET = "whsec_";
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofHours(1);

  /**
   * When what failed is tried again.
   *
   * @param firstMs after how long the first time
   * @param most how often in all
   */
  record Retries(long firstMs, int most) {
    long after(int tries) {
      return Math.min(LONGEST.toMillis(), firstMs << Math.min(30, tries - 1));
    }
  }

  private final Journal journal;
  private final Retries retries;
  private final @Nullable MailSender mail;

  Delivery(Journal journal, Retries retries, @Nullable MailSender mail) {
    this.journal = journal;
    this.retries = retries;
    this.mail = mail;
  }

  /** It failed, and no other try would do better. */
  private static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1;

    RefusedException(String message) {
      super(message);
    }
  }

  /**
   * Sends what is due now.
   *
   * @param searches by their ids; what is of none of them is laid aside
   * @param dead whether dead letters are tried again, too
   * @return how many were sent
   */
  int send(Map<String, StandingSearch> searches, boolean dead) throws IOException {
    int sent = 0;
    // Who does not answer is not asked again for the next message.
    Set<String> failing = new HashSet<>();
    for (Journal.Waiting one : journal.waiting()) {
      Message message = one.message();
      StandingSearch search = searches.get(message.search());
      String receiver = message.search() + message.channel();
      boolean due = one.dead() ? dead : one.nextMs() <= System.currentTimeMillis();
      if (!due || failing.contains(receiver)) {
        continue;
      }
      if (search == null) {
        if (!one.dead()) {
          journal.failed(message.id(), one.tries(), 0, "the search was removed", true);
        }
        continue;
      }
      try {
        send(message, search);
        journal.sent(message.id());
        sent++;
      } catch (IOException e) {
        failing.add(receiver);
        int tries = (one.dead() ? 0 : one.tries()) + 1;
        boolean last = e instanceof RefusedException || tries >= retries.most();
        long next = System.currentTimeMillis() + retries.after(tries);
        journal.failed(message.id(), tries, next, String.valueOf(e.getMessage()), last);
      }
    }
    return sent;
  }

  private void send(Message message, StandingSearch search) throws IOException {
    switch (message.channel()) {
      case WEBHOOK -> post(message, search);
      case MAIL -> {
        if (mail == null) {
          throw new IOException(
              "no mail server is named; set EARMARK_SMTP=smtp://HOST:PORT and EARMARK_MAIL_FROM");
        }
        mail.send(message, search);
      }
      case FEED -> throw new IllegalStateException("a feed is fetched");
    }
  }

  private static void post(Message message, StandingSearch search) throws IOException {
    String webhook = search.webhook();
    String secret = search.secret();
    if (webhook == null || secret == null) {
      throw new RefusedException("the search has no webhook any more");
    }
    byte[] body = json(message);
    String time = Long.toString(System.currentTimeMillis() / 1000);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    headers.put("User-Agent", "Earmark");
    headers.put("webhook-id", message.id());
    headers.put("webhook-timestamp", time);
    headers.put("webhook-signature", "v1," + signature(secret, message.id(), time, body));
    WebPost.Answer answer;
    try {
      answer = WebPost.send(URI.create(webhook), headers, body, search.allowPrivate(), PATIENCE);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(webhook + " is no address");
    } catch (IOException e) {
      throw new IOException(webhook + ": " + e.getMessage(), e);
    }
    int status = answer.status();
    if (status / 100 == 2) {
      return;
    }
    if (status / 100 == 3) {
      throw new RefusedException(
          webhook
              + " answers "
              + status
              + answer.location().map(to -> ", moved to " + to).orElse("")
              + "; redirects are not followed: remove the search and add it with the new address");
    }
    if (status == 410) {
      throw new RefusedException(webhook + " answers 410: it wants no more");
    }
    throw new IOException(webhook + " answers " + status);
  }

  private static byte[] json(Message message) {
    try {
      return JSON.writeValueAsBytes(message.body());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree is always JSON", e);
    }
  }

  /** The signature of a body, in Base64. */
  static String signature(String secret, String id, String time, byte[] body) {
    try {
      byte[] key = Base64.getDecoder().decode(secret.substring(SECRET.length()));
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update((id + "." + time + ".").getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }
}
