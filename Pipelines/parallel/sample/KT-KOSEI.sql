SELECT 後.通知書番号, 期別, 前年税額 AS 更正前年税額, 年税額 AS 更正後年税額, coalesce((
    SELECT 期別税額 FROM 固定資産税_期別 AS 前
    WHERE 前.課税年度 = 後.課税年度 AND 前.相当年度 = 後.相当年度 AND 前.通知書番号 = 後.通知書番号
      AND 前.履歴番号 = 後.履歴番号 - 1 AND 前.期別 = 期.期別), 0) AS 更正前期別, 期別税額 AS 更正後期別
FROM 固定更正 AS 後 JOIN 固定資産税_期別 AS 期 USING (課税年度, 相当年度, 通知書番号, 履歴番号)
ORDER BY 1, 2
