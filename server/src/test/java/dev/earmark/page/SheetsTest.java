package dev.earmark.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SheetsTest {
  @Test
  void pagesHaveAllOfAListOnceAndInOrder() {
    List<Integer> list = IntStream.range(0, 250).boxed().toList();
    List<Integer> read = new ArrayList<>();
    for (int page = 1; page <= 3; page++) {
      read.addAll(Sheets.part(list, page));
    }
    assertThat(read).isEqualTo(list);
    assertThat(Sheets.part(list, 9)).isEqualTo(list.subList(200, 250));
    assertThat(Sheets.part(List.of(), 1)).isEmpty();
  }

  @Test
  void theFirstPageHasNoNumberInItsAddress() {
    assertThat(Sheets.of(1, 250, "/show/A"))
        .isEqualTo(new Sheets(null, "/show/A?page=2", "Page 1 of 3"));
    assertThat(Sheets.of(2, 250, "/show/A"))
        .isEqualTo(new Sheets("/show/A", "/show/A?page=3", "Page 2 of 3"));
    assertThat(Sheets.of(9, 250, "/shows?q=a"))
        .isEqualTo(new Sheets("/shows?q=a&page=2", null, "Page 3 of 3"));
    assertThat(Sheets.of(1, 100, "/show/A")).isEqualTo(new Sheets(null, null, ""));
  }
}
