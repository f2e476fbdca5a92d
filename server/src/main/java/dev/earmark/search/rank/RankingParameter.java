package dev.earmark.search.rank;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What is known of a number of {@link RankingParameters}; the bench prints it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface RankingParameter {

  /** The value that Earmark ranks with. */
  double value();

  /** What it is measured in; empty for a plain factor. */
  String unit() default "";

  /** The smallest value that makes sense. */
  double least() default 0;

  /** The largest value that makes sense. */
  double most();

  /** What it does. */
  String meaning();

  /** Where the value comes from. */
  String source();

  /** What changes when it is halved, and when it is doubled. */
  String effect();
}
