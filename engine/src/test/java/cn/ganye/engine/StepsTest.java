package cn.ganye.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** How steps follow each other, whatever engine makes them. */
class StepsTest {
  private final List<String> log = Collections.synchronizedList(new ArrayList<>());

  private static Step step(String name, String inputs) {
    return Step.parse(
        name,
        String.format(
            "-- question  ?%n-- grain  ?%n-- inputs  %s%n-- output  %s(n)%nSELECT 1 AS n",
            inputs, name));
  }

  private static final Steps FORK =
      new Steps(
          List.of(
              step("root", "none"),
              step("left", "root"),
              step("right", "root"),
              step("tip", "left, right")));

  /** Notes what is made and dropped; {@code making} is called while a step is made. */
  private void each(int atOnce, Consumer<String> making) {
    FORK.each(
        () -> atOnce,
        step -> {
          log.add("begins " + step.name());
          making.accept(step.name());
          return 7;
        },
        step -> log.add("drops " + step.name()),
        (step, position, of, rows, seconds) ->
            log.add("heard " + step.name() + " " + position + "/" + of + " " + rows));
  }

  @Test
  void one_at_a_time_they_go_in_order_and_tables_go_after_their_last_reader() {
    each(1, name -> {});
    assertThat(log)
        .containsExactly(
            "begins root",
            "heard root 1/4 7",
            "begins left",
            "heard left 2/4 7",
            "begins right",
            "heard right 3/4 7",
            "drops root",
            "begins tip",
            "heard tip 4/4 7",
            "drops left",
            "drops right");
  }

  @Test
  void two_that_do_not_need_each_other_are_made_at_once_and_no_third_before_both_are_there() {
    CountDownLatch both = new CountDownLatch(2);
    each(
        4,
        name -> {
          if (!name.equals("root") && !name.equals("tip")) {
            both.countDown();
            assertThat(met(both)).as("left and right meet").isTrue();
          }
        });
    int bothHeard =
        log.stream()
            .filter(line -> line.matches("heard (left|right) .*"))
            .mapToInt(log::indexOf)
            .max()
            .orElseThrow();
    assertThat(log.indexOf("begins tip")).isGreaterThan(bothHeard);
    assertThat(log.indexOf("drops root")).isGreaterThan(bothHeard);
    assertThat(log).hasSize(11);
  }

  @Test
  void a_failure_is_thrown_as_it_was_once_what_runs_beside_it_has_ended() {
    CountDownLatch failing = new CountDownLatch(1);
    IllegalArgumentException failure = new IllegalArgumentException("left is faulty");
    assertThatThrownBy(
            () ->
                each(
                    2,
                    name -> {
                      if (name.equals("left")) {
                        failing.countDown();
                        throw failure;
                      }
                      if (name.equals("right")) {
                        met(failing);
                        log.add("ends right");
                      }
                    }))
        .isSameAs(failure);
    assertThat(log).contains("ends right").doesNotContain("begins tip");
  }

  private static boolean met(CountDownLatch latch) {
    try {
      return latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
