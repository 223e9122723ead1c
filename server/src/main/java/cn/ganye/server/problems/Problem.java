package cn.ganye.server.problems;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** A failure that a caller is told of (RFC 9457). No personal data in any part of it. */
public final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * One thing that is wrong.
   *
   * @param field field, parameter or column
   * @param what what is wrong with it, in Chinese
   */
  public record Fault(String field, String what) {}

  private final HttpStatus status;
  private final String code;
  private final String next;
  private final transient List<Fault> faults;
  private final @Nullable String link;

  private Problem(
      HttpStatus status,
      String code,
      String title,
      String next,
      List<Fault> faults,
      @Nullable String link) {
    super(title);
    this.status = status;
    this.code = code;
    this.next = next;
    this.faults = List.copyOf(faults);
    this.link = link;
  }

  /**
   * A failure.
   *
   * @param code stable, kebab-case
   * @param title what is wrong, in Chinese
   * @param next the next step, in Chinese
   */
  public static Problem of(
      HttpStatus status, String code, String title, String next, Fault... faults) {
    return new Problem(status, code, title, next, List.of(faults), null);
  }

  /** What is asked for is not there, or not for this account: nobody is told which. */
  public static Problem notFound(String what) {
    return of(HttpStatus.NOT_FOUND, "not-found", what + "不存在，或不在您的管辖范围内", "核对后再试");
  }

  /** The role may not do this. */
  public static Problem forbidden() {
    return of(HttpStatus.FORBIDDEN, "not-allowed", "您的角色不能进行此操作", "需要时请联系管理员");
  }

  /** Nobody is signed in. */
  public static Problem signInNeeded() {
    return of(HttpStatus.UNAUTHORIZED, "sign-in-needed", "尚未登录或登录已过期", "请重新登录");
  }

  /** Something in the request is wrong. */
  public static Problem invalid(Fault... faults) {
    return of(HttpStatus.BAD_REQUEST, "invalid-request", "请求有误", "按各项提示改正后重试", faults);
  }

  /** The same with an address where the next step is. */
  public Problem linking(String address) {
    return new Problem(status, code, String.valueOf(getMessage()), next, faults, address);
  }

  /** An address where the next step is; null if there is none. */
  public @Nullable String link() {
    return link;
  }

  /** HTTP status. */
  public HttpStatus status() {
    return status;
  }

  /** Stable code. */
  public String code() {
    return code;
  }

  /** The next step. */
  public String next() {
    return next;
  }

  /** All that is wrong, field by field. */
  public List<Fault> faults() {
    return faults;
  }
}
