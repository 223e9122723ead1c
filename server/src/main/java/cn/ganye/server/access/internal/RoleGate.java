package cn.ganye.server.access.internal;

import cn.ganye.server.access.Account;
import cn.ganye.server.access.Allowed;
import cn.ganye.server.access.Current;
import cn.ganye.server.access.Role;
import cn.ganye.server.problems.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Lets a request through to an endpoint whose {@link Allowed} names the account's role. */
class RoleGate implements HandlerInterceptor {
  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (!(handler instanceof HandlerMethod method)) {
      return true;
    }
    Allowed allowed = method.getMethodAnnotation(Allowed.class);
    if (allowed == null) {
      throw Problem.forbidden();
    }
    if (allowed.anybody()) {
      return true;
    }
    Account account = Current.account();
    if (allowed.everyAccount()) {
      return true;
    }
    if (account.mustChange()) {
      throw Problem.of(
          HttpStatus.FORBIDDEN, "password-change-needed", "首次登录须先修改密码", "在“修改密码”页面设置新密码");
    }
    boolean figures =
        allowed.figures()
            && (account.role() == Role.ANALYST || account.role() == Role.ADMINISTRATOR);
    if (!figures && !List.of(allowed.value()).contains(account.role())) {
      throw Problem.forbidden();
    }
    return true;
  }
}
