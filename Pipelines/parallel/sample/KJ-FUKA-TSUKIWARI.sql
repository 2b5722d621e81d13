SELECT 相当年度, 期別.通知書番号, 期別.宛名番号, 給与特別徴収税額 AS "旧.特別徴収税額",
  sum(CASE WHEN 期別 = '01' THEN 期別税額 ELSE 0 END) AS 六月,
  sum(CASE WHEN 期別 = '02' THEN 期別税額 ELSE 0 END) AS 七月,
  sum(CASE WHEN 期別 = '03' THEN 期別税額 ELSE 0 END) AS 八月,
  sum(CASE WHEN 期別 = '04' THEN 期別税額 ELSE 0 END) AS 九月,
  sum(CASE WHEN 期別 = '05' THEN 期別税額 ELSE 0 END) AS 十月,
  sum(CASE WHEN 期別 = '06' THEN 期別税額 ELSE 0 END) AS 十一月,
  sum(CASE WHEN 期別 = '07' THEN 期別税額 ELSE 0 END) AS 十二月,
  sum(CASE WHEN 期別 = '08' THEN 期別税額 ELSE 0 END) AS 一月,
  sum(CASE WHEN 期別 = '09' THEN 期別税額 ELSE 0 END) AS 二月,
  sum(CASE WHEN 期別 = '10' THEN 期別税額 ELSE 0 END) AS 三月,
  sum(CASE WHEN 期別 = '11' THEN 期別税額 ELSE 0 END) AS 四月,
  sum(CASE WHEN 期別 = '12' THEN 期別税額 ELSE 0 END) AS 五月
FROM 個人住民税_期別 AS 期別
JOIN 個人住民税_賦課 AS 賦課 USING (賦課年度, 相当年度, 通知書番号, 履歴番号, 賦課種別)
WHERE 期別.賦課年度 = (SELECT 年度 FROM 年度) AND 賦課種別 = '2' AND 賦課.最新フラグ = '1' AND 給与特別徴収税額 > 0
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
