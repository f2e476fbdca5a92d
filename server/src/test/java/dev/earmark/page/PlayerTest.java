package dev.earmark.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.model.Media;
import dev.earmark.model.TimeSpan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlayerTest {
  private static Player player(Media media) {
    return Player.of(Shelf.episode("id", "Title", media), TimeSpan.ofMillis(835_200, 842_000));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:audio/mpeg;base64,AAAA",
        "vbscript:x",
        "file:///etc/passwd",
        "https://example.org/a b.mp3",
        "https://example.org/a\nb.mp3",
        "",
        " "
      })
  void playsNothingElseThanWebAddressesAndPaths(String address) {
    assertThat(player(new Media(null, address, null, null))).isNull();
  }

  @Test
  void aWebAddressCarriesTheClip() {
    Player player = player(new Media(null, "https://example.org/a.mp3", null, null));
    assertThat(player.source()).isEqualTo("https://example.org/a.mp3#t=835.2,842");
    assertThat(player.remote()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"talk.mp3", "../a: b/talk.mp3", "/srv/talk.mp3", "C:\\talk.mp3", "//host/x.mp3"})
  void aPathIsServedByUs(String path) {
    Player player = player(new Media("video", path, "https://example.org/v.mp4", null));
    assertThat(player.source()).isEqualTo("/media/id/audio#t=835.2,842");
    assertThat(player.remote()).isFalse();
  }

  @Test
  void aRemoteVideoComesBeforeYoutubeAndThatBeforeRemoteAudio() {
    Media all = new Media("abc", "https://example.org/a.mp3", "https://example.org/v.mp4", null);
    assertThat(player(all).type()).isEqualTo("video");
    assertThat(player(new Media("abc", "https://example.org/a.mp3", null, null)).source())
        .isEqualTo("https://www.youtube-nocookie.com/embed/abc?start=835");
    assertThat(player(Media.NONE)).isNull();
  }
}
