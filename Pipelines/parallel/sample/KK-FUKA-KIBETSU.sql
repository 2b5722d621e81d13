SELECT 相当年度, 通知書番号, 年税額 AS "旧.年税額",
  sum(CASE WHEN 期別 = '01' THEN 期別税額 ELSE 0 END) AS 一期,
  sum(CASE WHEN 期別 = '02' THEN 期別税額 ELSE 0 END) AS 二期,
  sum(CASE WHEN 期別 = '03' THEN 期別税額 ELSE 0 END) AS 三期,
  sum(CASE WHEN 期別 = '04' THEN 期別税額 ELSE 0 END) AS 四期,
  sum(CASE WHEN 期別 = '05' THEN 期別税額 ELSE 0 END) AS 五期,
  sum(CASE WHEN 期別 = '06' THEN 期別税額 ELSE 0 END) AS 六期,
  sum(CASE WHEN 期別 = '07' THEN 期別税額 ELSE 0 END) AS 七期,
  sum(CASE WHEN 期別 = '08' THEN 期別税額 ELSE 0 END) AS 八期,
  sum(CASE WHEN 期別 = '09' OR 期別 GLOB '1*' THEN 期別税額 ELSE 0 END) AS 随時,
  sum(CASE WHEN 期別 GLOB '0[A-F]' THEN 期別税額 ELSE 0 END) AS 年金特徴
FROM 国保 JOIN 国保税_期別 USING (賦課年度, 相当年度, 通知書番号, 履歴番号) GROUP BY 1, 2 ORDER BY 1, 2
