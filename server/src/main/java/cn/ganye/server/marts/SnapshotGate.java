package cn.ganye.server.marts;

import cn.ganye.server.problems.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * A page says by a header of which snapshot it shows figures, so that no page puts figures of two
 * beside each other: once another one is in force it is told so, and where that one is.
 */
@Configuration(proxyBeanMethods = false)
class SnapshotGate implements HandlerInterceptor, WebMvcConfigurer {
  /** Holds the id of a snapshot, or as much of its beginning as a link shows. */
  static final String HEADER = "Ganye-Snapshot";

  private static final int LEAST = 8;

  private final Marts marts;

  SnapshotGate(Marts marts) {
    this.marts = marts;
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry
        .addInterceptor(this)
        .addPathPatterns("/api/v1/overview/**", "/api/v1/analysis/**", "/api/v1/map/**")
        .order(2);
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    @Nullable String meant = request.getHeader(HEADER);
    if (meant == null) {
      return true;
    }
    String inForce = marts.snapshot().id();
    if (meant.length() < LEAST || !inForce.startsWith(meant)) {
      throw Problem.of(
              HttpStatus.CONFLICT,
              "snapshot-replaced",
              "这一页所用的快照 " + shown(meant) + " 已被新的替换",
              "用当前快照 " + shown(inForce) + " 重新打开")
          .linking("/api/v1/snapshot");
    }
    return true;
  }

  private static String shown(String id) {
    String plain = id.replaceAll("[^0-9a-f]", "");
    return plain.substring(0, Math.min(LEAST, plain.length()));
  }
}
