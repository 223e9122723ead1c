package cn.ganye.server.problems;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Refuses parameters that an endpoint does not know: a misspelt filter would otherwise be passed
 * over in silence and the answer taken for the filtered one.
 */
@Configuration(proxyBeanMethods = false)
class KnownParameters implements HandlerInterceptor, WebMvcConfigurer {
  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(this).addPathPatterns("/api/**").order(1);
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (!(handler instanceof HandlerMethod method)
        || !method.getBeanType().getName().startsWith("cn.ganye")) {
      return true;
    }
    List<String> known = new ArrayList<>();
    for (MethodParameter parameter : method.getMethodParameters()) {
      if (parameter.hasParameterAnnotation(RequestParam.class)) {
        known.add(String.valueOf(parameter.getParameter().getName()));
      }
    }
    List<Problem.Fault> faults = new ArrayList<>();
    for (Map.Entry<String, String[]> given : request.getParameterMap().entrySet()) {
      if (!known.contains(given.getKey())) {
        faults.add(new Problem.Fault("parameters", unknown(given.getKey(), known)));
      } else if (given.getValue().length > 1) {
        faults.add(new Problem.Fault(given.getKey(), "只能给一次"));
      }
    }
    if (!faults.isEmpty()) {
      throw Problem.invalid(faults.toArray(Problem.Fault[]::new));
    }
    return true;
  }

  private static String unknown(String name, List<String> known) {
    String nearest = Nearest.to(name, known).orElse("");
    String shown = name.length() > 40 ? name.substring(0, 40) + "…" : name;
    return known.isEmpty()
        ? "此处没有参数 " + shown
        : "没有参数 " + shown + "，是否指 " + nearest + "；可用：" + String.join("、", known);
  }
}
